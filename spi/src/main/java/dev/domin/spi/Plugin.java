package dev.domin.spi;

/**
 * A namespace of functions that scripts can call.
 *
 * <p>A plugin is one public class with a public constructor without parameters, annotated with {@link ScriptPlugin}, whose
 * public methods annotated with {@link ScriptFunction} are the functions. Every script run gets an instance of its own, so
 * fields hold the state of one run. A run of a script that does not name the plugin never loads its class.
 *
 * <p>Functions are called with the script lock held, by one thread at a time; a function that has to wait does so inside
 * {@link ScriptContext#blocking}. What a function throws stops the script: a {@link ScriptError} with its own sentence,
 * anything else with a sentence that names the function.
 */
public interface Plugin {

    /**
     * Hands over the run this instance belongs to. Called once, before the script's first statement.
     *
     * @param context the services of the run; valid until the run has ended
     */
    default void start(ScriptContext context) {}
}

package dev.domin.spi;

/**
 * A namespace of functions that scripts can call.
 *
 * <p>A plugin is one public class with a public constructor without parameters, annotated with {@link ScriptPlugin},
 * whose public methods annotated with {@link ScriptFunction} are the functions. Each run of a script gets its own
 * instance, so fields hold the state of one run. A run of a script that does not use the plugin never loads its class.
 *
 * <p>Functions are called with the script lock held, by one thread at a time; a function that waits does so inside
 * {@link ScriptContext#blocking}. What a function throws stops the script: a {@link ScriptError} with its own message,
 * anything else with a message that names the function.
 */
public interface Plugin {

    /**
     * Starts the plugin for a run. Called once, before the script's first statement.
     *
     * @param context the services of the run; valid until the run has ended
     */
    default void start(ScriptContext context) {}

    /**
     * Stops the plugin at the end of the run. Called once if {@link #start} has returned, when everything that was
     * registered with {@link ScriptContext#register} is closed, in the run's own thread and without the script lock.
     *
     * <p>Release here the memory that the plugin holds for the script: the plugin itself can stay reachable after the
     * run, since the JVM may still be compiling the script's class.
     */
    default void stop() {}
}

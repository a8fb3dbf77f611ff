package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.Compiler;
import dev.domin.lang.source.SourceFile;
import dev.domin.spi.PluginCatalog;

/**
 * A compiled script. Immutable, and usable from any thread: it can be started any number of times, also at once, and each run
 * has its own servers, ids and state.
 *
 * <pre>{@code
 * var script = Script.compile(SourceFile.read(path, "echo.dom"), Plugins.installed());
 * try (var run = script.start(options)) {
 *     ...
 * }
 * }</pre>
 */
public final class Script {

    private final CompiledScript compiled;

    private Script(CompiledScript compiled) {
        this.compiled = compiled;
    }

    /**
     * Compiles a script.
     *
     * @param source its text
     * @param plugins where the plugins that it names are found
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with everything that is wrong with it
     */
    public static Script compile(SourceFile source, PluginCatalog plugins) {
        return new Script(Compiler.compile(source, plugins, false));
    }

    /**
     * Compiles statements without plugin directives: every plugin of the catalog is at hand.
     *
     * @param source the statements
     * @param plugins the plugins
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with everything that is wrong with it
     */
    public static Script compileStatements(SourceFile source, PluginCatalog plugins) {
        return new Script(Compiler.compile(source, plugins, true));
    }

    /**
     * {@return a copy of the JVM class that each run defines; the numbers in its line table stand for places, finer than lines,
     * in the order of the code}
     */
    public byte[] classFile() {
        return compiled.classFile().clone();
    }

    /**
     * Starts a run in a thread of its own.
     *
     * @param options how to run it
     * @return the run, which has begun
     */
    public ScriptRun start(RunOptions options) {
        var run = new ScriptRun(compiled, options);
        run.start();
        return run;
    }
}

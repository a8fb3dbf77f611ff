package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.Compiler;
import dev.domin.lang.source.SourceFile;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A compiled script. Immutable, and usable from any thread: it can be started any number of times, also at once, and
 * each run has its own servers, ids and state.
 *
 * <pre>{@code
 * try (var run = Script.compile(Path.of("dns.dom")).start()) {
 *     int port = run.awaitServer(Duration.ofSeconds(5)).port();
 *     ...
 *     run.throwIfFailed();
 * }
 * }</pre>
 */
public final class Script {

    private final CompiledScript compiled;

    private Script(CompiledScript compiled) {
        this.compiled = compiled;
    }

    /**
     * Compiles a script file with the plugins that are installed.
     *
     * @param file the file, in UTF-8
     * @return the script
     * @throws IOException if it cannot be read
     * @throws dev.domin.lang.source.RefusedException with everything that is wrong with it
     */
    public static Script compile(Path file) throws IOException {
        return compile(SourceFile.read(file, file.toString()), Plugins.installed());
    }

    /**
     * Compiles a text with the plugins that are installed.
     *
     * @param name what to call it in messages, such as {@code echo.dom}
     * @param text the text
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with everything that is wrong with it
     */
    public static Script compile(String name, String text) {
        return compile(new SourceFile(name, text), Plugins.installed());
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
     * {@return a copy of the JVM class that each run defines; the numbers in its line table stand for places, finer
     * than lines, in the order of the code}
     */
    public byte[] classFile() {
        return compiled.classFile().clone();
    }

    /** {@return a run in a thread of its own, which has begun, with {@link RunOptions#DEFAULTS}} */
    public ScriptRun start() {
        return start(RunOptions.DEFAULTS);
    }

    /**
     * Starts a run in a thread of its own. Where the system starts no further thread, the run has failed and ended when
     * this returns, and the listener was called in the calling thread.
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

package dev.domin.runtime;

import dev.domin.lang.Compiler;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.Limits;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A compiled script. Immutable, and usable from any thread: it can be started any number of times, also concurrently.
 * Each run has its own servers, ids and state.
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
     * Compiles a script file with the installed plugins.
     *
     * @param file the file, in UTF-8
     * @return the script
     * @throws IOException if it cannot be read
     * @throws dev.domin.lang.source.RefusedException with all its errors
     */
    public static Script compile(Path file) throws IOException {
        return compile(SourceFile.read(file, file.toString()), Plugins.installed());
    }

    /**
     * Compiles a text with the installed plugins.
     *
     * @param name its name in messages, such as {@code echo.dom}
     * @param text the text
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with all its errors
     */
    public static Script compile(String name, String text) {
        return compile(new SourceFile(name, text), Plugins.installed());
    }

    /**
     * Compiles a script.
     *
     * @param source its text
     * @param plugins the catalog for the plugins that it uses
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with all its errors
     */
    public static Script compile(SourceFile source, PluginCatalog plugins) {
        return new Script(Compiler.compile(source, plugins, false, null));
    }

    /**
     * Compiles a script within limits: {@link dev.domin.spi.Limit#SOURCE} and {@link dev.domin.spi.Limit#COMPILE}.
     *
     * @param source its text
     * @param plugins the catalog for the plugins that it uses
     * @param limits the limits
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with all its errors, or the limit that it exceeds
     */
    public static Script compile(SourceFile source, PluginCatalog plugins, Limits limits) {
        return new Script(Compiler.compile(source, plugins, false, Objects.requireNonNull(limits, "limits")));
    }

    /**
     * Compiles statements without plugin directives: every plugin of the catalog can be used.
     *
     * @param source the statements
     * @param plugins the plugins
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with all its errors
     */
    public static Script compileStatements(SourceFile source, PluginCatalog plugins) {
        return new Script(Compiler.compile(source, plugins, true, null));
    }

    /**
     * Compiles as {@link #compileStatements(SourceFile, PluginCatalog)} does, within limits.
     *
     * @param source the statements
     * @param plugins the plugins
     * @param limits the limits
     * @return the script
     * @throws dev.domin.lang.source.RefusedException with all its errors, or the limit that it exceeds
     */
    public static Script compileStatements(SourceFile source, PluginCatalog plugins, Limits limits) {
        return new Script(Compiler.compile(source, plugins, true, Objects.requireNonNull(limits, "limits")));
    }

    /**
     * Checks a script as {@link #compile(SourceFile, PluginCatalog)} does, and also looks for what will fail when it
     * runs or was hardly meant.
     *
     * @param source its text
     * @param plugins the catalog for the plugins that it uses
     * @return the warnings, in the order of their places
     * @throws dev.domin.lang.source.RefusedException with all its errors
     */
    public static List<Diagnostic> check(SourceFile source, PluginCatalog plugins) {
        return Compiler.check(source, plugins, false, null);
    }

    /**
     * Checks as {@link #check(SourceFile, PluginCatalog)} does, within limits.
     *
     * @param source its text
     * @param plugins the catalog for the plugins that it uses
     * @param limits the limits
     * @return the warnings, in the order of their places
     * @throws dev.domin.lang.source.RefusedException with all its errors, or the limit that it exceeds
     */
    public static List<Diagnostic> check(SourceFile source, PluginCatalog plugins, Limits limits) {
        return Compiler.check(source, plugins, false, Objects.requireNonNull(limits, "limits"));
    }

    /**
     * Checks statements as {@link #compileStatements(SourceFile, PluginCatalog)} does, and also looks for what will
     * fail when they run or was hardly meant.
     *
     * @param source the statements
     * @param plugins the plugins
     * @return the warnings, in the order of their places
     * @throws dev.domin.lang.source.RefusedException with all their errors
     */
    public static List<Diagnostic> checkStatements(SourceFile source, PluginCatalog plugins) {
        return Compiler.check(source, plugins, true, null);
    }

    /**
     * Checks as {@link #checkStatements(SourceFile, PluginCatalog)} does, within limits.
     *
     * @param source the statements
     * @param plugins the plugins
     * @param limits the limits
     * @return the warnings, in the order of their places
     * @throws dev.domin.lang.source.RefusedException with all their errors, or the limit that they exceed
     */
    public static List<Diagnostic> checkStatements(SourceFile source, PluginCatalog plugins, Limits limits) {
        return Compiler.check(source, plugins, true, Objects.requireNonNull(limits, "limits"));
    }

    /**
     * {@return a copy of the JVM class that each run defines; the numbers in its line table identify places in the
     * code, finer than lines, in source order}
     */
    public byte[] classFile() {
        return compiled.classFile().clone();
    }

    /** {@return a started run in a thread of its own, with {@link RunOptions#DEFAULTS}} */
    public ScriptRun start() {
        return start(RunOptions.DEFAULTS);
    }

    /**
     * Starts a run in a thread of its own. If the system cannot start another thread, the run has failed and ended when
     * this returns, and the listener was called in the calling thread.
     *
     * @param options how to run it
     * @return the started run
     */
    public ScriptRun start(RunOptions options) {
        var run = new ScriptRun(compiled, options);
        run.start();
        return run;
    }
}

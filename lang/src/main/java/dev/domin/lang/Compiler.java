package dev.domin.lang;

import dev.domin.lang.bind.Binder;
import dev.domin.lang.bind.PluginScope;
import dev.domin.lang.check.Warnings;
import dev.domin.lang.compile.Emitter;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.syntax.Parser;
import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import dev.domin.spi.descriptor.PluginCatalog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The compiler: calls all stages in order. Stateless and safe for use by several threads. */
public final class Compiler {

    private Compiler() {}

    /**
     * Compiles a script.
     *
     * @param source the script
     * @param catalog the available plugins; only those that the script uses are loaded
     * @param preloadAll whether every plugin is in scope without a directive
     * @param limits the limits for its length and the time that it takes; null for the standard ones
     * @return the script, ready to be defined and run
     * @throws RefusedException if the script has errors, with all of them
     */
    public static CompiledScript compile(
            SourceFile source, PluginCatalog catalog, boolean preloadAll, @Nullable Limits limits) {
        var problems = start(source, limits);
        var tree = Parser.parse(source, problems);
        problems.stopIfErrors();
        var bound = Binder.bind(tree, new PluginScope(catalog, preloadAll), problems);
        problems.stopIfErrors();
        var compiled = Emitter.emit(bound, problems);
        problems.stopIfErrors();
        return Objects.requireNonNull(compiled, "no class, but no error either");
    }

    /**
     * Compiles a script to look for errors and for warnings.
     *
     * @param source the script
     * @param catalog the available plugins
     * @param preloadAll whether every plugin is in scope without a directive
     * @param limits the limits for its length and the time that it takes; null for the standard ones
     * @return the warnings, in the order of their places
     * @throws RefusedException if the script has errors, with all of them
     */
    public static List<Diagnostic> check(
            SourceFile source, PluginCatalog catalog, boolean preloadAll, @Nullable Limits limits) {
        var problems = start(source, limits);
        var tree = Parser.parse(source, problems);
        problems.stopIfErrors();
        var bound = Binder.bind(tree, new PluginScope(catalog, preloadAll), problems);
        problems.stopIfErrors();
        Emitter.emit(bound, problems);
        problems.stopIfErrors();
        Warnings.find(tree, bound, problems);
        return problems.warnings();
    }

    private static Diagnostics start(SourceFile source, @Nullable Limits limits) {
        long longest = limits == null ? Limits.STANDARD_SOURCE : limits.get(Limit.SOURCE);
        var problems = new Diagnostics(source, limits == null ? Limits.STANDARD_COMPILE : limits.get(Limit.COMPILE));
        int length = source.text().length();
        if (length > longest) {
            problems.error(
                    new Span(0, 0),
                    "the script has " + length + " characters, and the limit is " + longest,
                    "make it smaller, or set a higher limit: domin --limit source=N, in Java"
                            + " Script.compile with Limits");
            problems.stopIfErrors();
        }
        return problems;
    }
}

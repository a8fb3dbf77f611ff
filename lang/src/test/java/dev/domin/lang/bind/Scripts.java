package dev.domin.lang.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.Compiler;
import dev.domin.lang.Run;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.syntax.Parser;
import java.util.List;

/** Binds scripts given as text. */
final class Scripts {

    /** Marks the place in a script at which an error is expected. */
    static final String PLACE = "§";

    static final String PLUGINS = """
            plugin "../plugins/print/PrintPlugin";
            plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
            plugin "../plugins/async_meta/AsyncMetaPlugin";
            plugin "../plugins/blob/BlobPlugin";
            plugin "../plugins/abi/AbiPlugin";
            """;

    private Scripts() {}

    static BoundScript bind(String text) {
        return bind(text, new FakePlugin.Catalog(), false);
    }

    static BoundScript bind(String text, FakePlugin.Catalog catalog, boolean preloaded) {
        var source = new SourceFile("test.dom", text);
        var problems = new Diagnostics(source);
        var tree = Parser.parse(source, problems);
        problems.stopIfErrors();
        var bound = Binder.bind(tree, new PluginScope(catalog, preloaded), problems);
        problems.stopIfErrors();
        return bound;
    }

    static List<Diagnostic> errors(String text) {
        try {
            bind(text);
            return List.of();
        } catch (RefusedException e) {
            return e.diagnostics();
        }
    }

    /** Asserts that a script has no errors, and that the JVM's verifier accepts its definite assignments. */
    static void accepted(String text) {
        assertThat(errors(text))
                .extracting(error -> ErrorRenderer.render(error, false))
                .isEmpty();
        if (!text.contains("plugin \"")) {
            define(text);
        }
    }

    /** Compiles a script without plugins and has the JVM verify its class. */
    static void define(String text) {
        var script = Compiler.compile(new SourceFile("test.dom", text), new FakePlugin.Catalog(), false, null);
        assertThat(new Run(script, () -> {}).program()).as(text).isNotNull();
    }

    /** Asserts that a script has one error, at the place marked by {@value #PLACE}. */
    static void refused(String text, String message, String help) {
        var errors = errors(text.replace(PLACE, ""));
        assertThat(errors).as(text).extracting(Diagnostic::message).containsExactly(message);
        var error = errors.getFirst();
        assertThat(error.help()).as(text).isEqualTo(help);
        assertThat(text.replace(PLACE, "").substring(0, error.span().start()))
                .as("the place")
                .isEqualTo(text.substring(0, text.indexOf(PLACE)));
    }

    /** {@return the last statement of {@code main}, of a script in script mode: the one before the implicit return} */
    static BoundStmt last(String text) {
        var main = bind(text).functions().getLast().body().statements();
        return main.get(main.size() - 2);
    }

    /** {@return the expression of the last statement} */
    static BoundExpr lastExpression(String text) {
        return ((BoundStmt.Evaluate) last(text)).expression();
    }
}

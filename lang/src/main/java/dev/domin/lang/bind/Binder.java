package dev.domin.lang.bind;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.ScriptTree;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The stage between parser and emitter: resolves names, types, conversions, overlays and definite assignment, and
 * checks calls against what the plugins declare.
 */
public final class Binder {

    private static final String CALLBACK_SHAPE = "`callback i32 NAME(ref blob $X)`";

    private final ScriptTree tree;
    private final Symbols symbols;

    private Binder(ScriptTree tree, PluginScope plugins, Diagnostics problems) {
        this.tree = tree;
        this.symbols = new Symbols(tree.source(), tree.statements(), plugins, problems);
    }

    /**
     * Binds a script.
     *
     * @param tree the script as written, free of errors
     * @param plugins the plugins it may name; used for this one script
     * @param problems receives the errors; if there are any, the result must not be used
     * @return the bound script
     * @throws dev.domin.lang.source.RefusedException once there are too many errors to continue
     */
    public static BoundScript bind(ScriptTree tree, PluginScope plugins, Diagnostics problems) {
        return new Binder(tree, plugins, problems).script();
    }

    private BoundScript script() {
        for (var directive : tree.plugins()) {
            load(directive);
        }
        for (var struct : tree.structs()) {
            new StructBinder(symbols).bind(struct);
        }
        var heads = new ArrayList<FunctionSymbol>(tree.functions().size());
        FunctionSymbol main = null;
        for (var function : tree.functions()) {
            var head = head(function);
            heads.add(head);
            if (head.name().equals("main")) {
                main = head;
                symbols.hasMain = true;
            }
        }
        var functions = new ArrayList<BoundScript.BoundFunction>(heads.size() + 1);
        for (int i = 0; i < heads.size(); i++) {
            functions.add(function(tree.functions().get(i), heads.get(i)));
        }
        if (!tree.statements().isEmpty()) {
            var first = tree.statements().getFirst().span();
            if (main != null) {
                Globals.report(symbols, main);
            }
            main = new FunctionSymbol("main", new Span(first.start(), first.start()), false, Type.I32, List.of());
            functions.add(topLevel(main));
        } else if (main == null) {
            symbols.problems.error(
                    new Span(0, 0), "nothing to run: there is no `main` and no statement at top level", noMainHelp());
            main = new FunctionSymbol("main", new Span(0, 0), false, Type.VOID, List.of());
        }
        return new BoundScript(tree.source(), symbols.plugins.used(), functions, main);
    }

    private String noMainHelp() {
        String near = Symbols.closest("main", symbols.functions.keySet());
        return near == null
                ? "add `i32 main() { return(0); }`"
                : "did you mean `main` by `" + near + "` in line "
                        + symbols.line(Objects.requireNonNull(symbols.functions.get(near))
                                .span()) + "?";
    }

    private void load(ScriptTree.PluginDirective directive) {
        String path = directive.path();
        int lastPart = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1; // paths on Windows may have both
        String library = path.startsWith("builtin:") ? path : path.substring(lastPart);
        try {
            if (!symbols.plugins.load(library) && !PluginScope.isAcceptedAsEmpty(library)) {
                symbols.pluginMissing = true;
                UnknownPlugins.report(symbols, directive, library);
            }
        } catch (UnusablePluginException e) {
            symbols.pluginMissing = true;
            UnknownNames.reportUnusablePlugin(symbols, directive, library, e);
        }
    }

    private FunctionSymbol head(ScriptTree.Function tree) {
        String name = tree.name().text();
        var result = Symbols.type(tree.result());
        var parameters =
                new ArrayList<FunctionSymbol.Parameter>(tree.parameters().size());
        for (var parameter : tree.parameters()) {
            var type = Symbols.type(parameter.type());
            if (type == Type.VOID) {
                error(
                        parameter.type().span(),
                        "a parameter cannot be void",
                        "a function without parameters ends in `()`");
                type = Type.ERROR;
            }
            parameters.add(new FunctionSymbol.Parameter(parameter.name().text(), type, parameter.byRef()));
        }
        var symbol = new FunctionSymbol(name, tree.span(), tree.callback(), result, List.copyOf(parameters));
        checkShape(tree, symbol);
        var earlier = symbols.functions.putIfAbsent(name, symbol);
        if (earlier != null) {
            error(
                    tree.name().span(),
                    "function `" + name + "` is declared twice",
                    "the first is in line " + symbols.line(earlier.span()));
        }
        for (var plugin : symbols.plugins.used()) {
            var global = PluginScope.function(plugin, name);
            if (global != null && global.global()) {
                error(
                        tree.name().span(),
                        "`" + name + "` is already a function of the plugin `" + plugin.namespace() + "`",
                        "choose another name");
            }
        }
        return symbol;
    }

    private void checkShape(ScriptTree.Function tree, FunctionSymbol symbol) {
        var parameters = symbol.parameters();
        if (symbol.name().equals("main")) {
            if (symbol.callback()) {
                error(tree.name().span(), "`main` cannot be a callback", "write `i32 main()`");
            } else if (!parameters.isEmpty()) {
                error(
                        tree.parameters().getFirst().span(),
                        "`main` takes no parameters",
                        "`os.ArgCount()` and `os.Arg(i)` of `builtin:os` return the script's arguments");
            } else if (symbol.result() != Type.I32 && symbol.result() != Type.VOID) {
                error(
                        tree.result().span(),
                        "`main` returns i32 or void, not " + symbol.result(),
                        "an i32 is the exit code of the process");
            }
            return;
        }
        if (!symbol.callback()) {
            return;
        }
        if (symbol.result() != Type.I32) {
            error(
                    tree.result().span(),
                    "a callback returns i32, not " + symbol.result(),
                    "declare it as " + CALLBACK_SHAPE);
        }
        if (parameters.size() != 1) {
            error(
                    parameters.size() > 1
                            ? tree.parameters().get(1).span()
                            : tree.name().span(),
                    "a callback takes one parameter, not " + parameters.size(),
                    "declare it as " + CALLBACK_SHAPE);
        } else if (parameters.getFirst().type() != Type.ERROR
                && !(parameters.getFirst().byRef() && parameters.getFirst().type() == Type.BLOB)) {
            var parameter = parameters.getFirst();
            error(
                    tree.parameters().getFirst().span(),
                    "a callback takes a `ref blob`, not a `" + (parameter.byRef() ? "ref " : "") + parameter.type()
                            + "`",
                    "declare it as " + CALLBACK_SHAPE);
        }
    }

    private BoundScript.BoundFunction function(ScriptTree.Function tree, FunctionSymbol symbol) {
        var body = new Body(symbols, symbol, false);
        var parameters = new ArrayList<Local>(tree.parameters().size());
        for (int i = 0; i < tree.parameters().size(); i++) {
            var parameter = symbol.parameters().get(i);
            var local = body.declare(tree.parameters().get(i).name(), parameter.type(), parameter.byRef());
            body.flow.assign(local);
            parameters.add(local);
        }
        // As in C, the body is the block of the parameters.
        var statements = new StmtBinder(body).statements(tree.body().statements());
        boolean endReachable = !body.flow.isDead();
        if (endReachable && symbol.result() != Type.VOID) {
            int end = tree.body().span().end();
            error(
                    new Span(end - 1, end),
                    "`" + symbol.name() + "` can reach its end without a `return`",
                    "it returns " + symbol.result() + ": end every path with `return(...);`");
        }
        return new BoundScript.BoundFunction(
                symbol, parameters, new BoundStmt.Block(tree.body().span(), statements), endReachable, body.calls);
    }

    /** Binds the statements at top level as the body of {@code main}, which returns 0 at its end. */
    private BoundScript.BoundFunction topLevel(FunctionSymbol main) {
        var body = new Body(symbols, main, true);
        var statements = new StmtBinder(body).statements(tree.statements());
        var last = tree.statements().getLast().span();
        if (!body.flow.isDead()) {
            var end = new Span(last.end(), last.end());
            statements.add(new BoundStmt.Return(end, new BoundExpr.IntConstant(end, 0)));
        }
        var span = new Span(main.span().start(), last.end());
        return new BoundScript.BoundFunction(main, List.of(), new BoundStmt.Block(span, statements), false, body.calls);
    }

    private void error(Span span, String message, String help) {
        symbols.problems.error(span, message, help);
    }
}

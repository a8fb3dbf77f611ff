package dev.domin.lang.bind;

import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Name;
import dev.domin.lang.syntax.Stmt;

/** Reports the use of global variables, which do not exist. Loaded for mistakes only. */
final class Globals {

    private static final String SHARING = "there are no global variables: functions share values through a map"
            + " (`map.Create`, `map.AddInt`), through `script_state`, or by `ref` parameters";

    private Globals() {}

    /**
     * Reports statements outside all functions of a script that has a {@code main}: the first declaration and the first
     * other statement.
     */
    static void report(Symbols symbols, FunctionSymbol main) {
        boolean declared = false;
        boolean other = false;
        for (var statement : symbols.topLevel) {
            boolean declares = statement instanceof Stmt.Declaration;
            if (declares ? declared : other) {
                continue;
            }
            declared |= declares;
            other |= !declares;
            symbols.problems.error(
                    statement.span(),
                    "this statement is outside all functions, and the script has a `main`",
                    declares
                            ? SHARING + "; a constant is a `#define NAME value`"
                            : "move it into `main` (line " + symbols.line(main.span())
                                    + "), or remove `main`: then the statements at top level run");
        }
    }

    /** Reports the use of a top-level variable where it is not visible. */
    static void reportUse(Body body, Expr.Variable variable, Name global) {
        int line = body.symbols.line(global.span());
        body.error(
                variable.span(),
                "there is no variable `" + (variable.bare() ? "" : "$") + variable.name() + "` here",
                body.isScript
                        ? "it is declared later, in line " + line + ": move the declaration up"
                        : "it is declared in line " + line + ", at top level; " + SHARING);
    }
}

package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.Expr;
import dev.domin.lang.syntax.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state that the binders of one function share: its variables and the flow state at the current point. */
final class Body {

    final Symbols symbols;

    /** Null for a constant outside all functions. */
    final @Nullable FunctionSymbol function;

    final Scope scope = new Scope();

    /** The functions that are called, one for each call. */
    final List<FunctionSymbol> calls = new ArrayList<>();

    FlowState flow = new FlowState();

    /** How many loops enclose this point. */
    int loops;

    private @Nullable HashSet<String> unknown;
    private @Nullable HashSet<Local> unassigned;
    private @Nullable HashSet<Local> withoutOverlay;

    /** Whether these are the statements at top level, where {@code return} needs no value. */
    final boolean isScript;

    Body(Symbols symbols, @Nullable FunctionSymbol function, boolean isScript) {
        this.symbols = symbols;
        this.function = function;
        this.isScript = isScript;
    }

    void error(Span span, String message) {
        symbols.problems.error(span, message, "");
    }

    void error(Span span, String message, String help) {
        symbols.problems.error(span, message, help);
    }

    /** {@return an expression that stands for a mistake, which has been reported} */
    static BoundExpr mistake(Span span) {
        return new BoundExpr.Read(span, new Local("", span, Type.ERROR, false));
    }

    /** Declares a variable; a second one with the same name in one block is an error. */
    Local declare(Name name, Type type, boolean reference) {
        var earlier = scope.findInBlock(name.text());
        if (earlier != null) {
            error(
                    name.span(),
                    "`$" + name.text() + "` is declared twice in this block",
                    "the first is in line " + symbols.line(earlier.span())
                            + "; a block inside this one may use the name again");
        }
        var local = new Local(name.text(), name.span(), type, reference);
        local.loops = loops;
        scope.add(local);
        return local;
    }

    /** {@return the variable that is read, or null if there is none, which has been reported} */
    @Nullable
    Local variable(Expr.Variable variable) {
        var local = target(variable);
        if (local != null) {
            local.noteRead();
        }
        return local;
    }

    /** {@return the variable that is assigned to, or null if there is none, which has been reported} */
    @Nullable
    Local target(Expr.Variable variable) {
        var local = scope.find(variable.name());
        if (local != null && variable.bare() && !local.declaredByAmpersand) {
            error(
                    variable.span(),
                    "`" + variable.name() + "` is not a variable",
                    "variable names begin with `$`: did you mean `$" + variable.name() + "`?");
            return null;
        }
        if (local != null) {
            return local;
        }
        if (unknown == null) {
            unknown = new HashSet<>();
        }
        var global = symbols.global(variable.name());
        if (global != null && symbols.hasMain) {
            return null; // the declaration is reported instead
        }
        if (global != null && unknown.add(variable.name())) {
            Globals.reportUse(this, variable, global);
        }
        if (unknown.add(variable.name())) {
            String shown = variable.bare() ? variable.name() : "$" + variable.name();
            String near = Symbols.closest(variable.name(), scope.names());
            String help;
            if (near != null) {
                help = "did you mean `" + shownName(Objects.requireNonNull(scope.find(near))) + "`?";
            } else if (variable.bare()) {
                help = "declare a reference first, as in `ref blob &" + shown
                        + " = $b;`; variable names begin with `$`";
            } else {
                help = "declare it first, as in `i32 " + shown + " = 0;`";
            }
            error(variable.span(), "there is no " + (variable.bare() ? "`" : "variable `") + shown + "` here", help);
        }
        return null;
    }

    /** {@return a variable as the script writes it} */
    static String shownName(Local local) {
        return local.shownName();
    }

    /** Checks that a variable has a value here. */
    void checkAssigned(Local local, Span span) {
        if (flow.isAssigned(local) || local.type() == Type.ERROR) {
            return;
        }
        if (unassigned == null) {
            unassigned = new HashSet<>();
        }
        if (!unassigned.add(local)) {
            return;
        }
        error(
                span,
                "`" + shownName(local) + "` may be read before it is assigned",
                "it is declared in line " + symbols.line(local.span())
                        + " without a value, and not every path assigns one");
    }

    /** {@return whether no mistake about the struct over the variable has been reported before; from now on one has} */
    boolean noteOverlayReported(Local local) {
        if (withoutOverlay == null) {
            withoutOverlay = new HashSet<>();
        }
        return withoutOverlay.add(local);
    }
}

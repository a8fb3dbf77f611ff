package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import java.util.List;

/**
 * Finds assignments that put something at the end of a string: those may go into its holder piece by piece, as long as no
 * piece can see or change the variable meanwhile.
 */
@SuppressWarnings("IfChainToSwitch") // see ExprEmitter
final class Appending {

    private final Local local;

    private Appending(Local local) {
        this.local = local;
    }

    /** {@return whether the value is the variable's own, joined with pieces that have nothing to do with the variable} */
    static boolean isAppend(Local local, BoundExpr value) {
        if (!gathers(local) || !(value instanceof BoundExpr.Concat)) {
            return false;
        }
        var appending = new Appending(local);
        BoundExpr rest = value;
        while (rest instanceof BoundExpr.Concat joined) {
            if (!appending.isApart(joined.right())) {
                return false;
            }
            rest = joined.left();
        }
        return rest instanceof BoundExpr.Read read && read.local() == local;
    }

    /** {@return whether the value has nothing to do with the variable, so that it can be put at its end} */
    static boolean isPiece(Local local, BoundExpr value) {
        return gathers(local) && new Appending(local).isApart(value);
    }

    private static boolean gathers(Local local) {
        return local.type() == Type.STRING && local.isHeld();
    }

    private boolean isApart(BoundExpr expr) {
        if (expr instanceof BoundExpr.Read read) {
            return read.local() != local && !(local.isShared() && isSharedString(read.local()));
        }
        if (expr instanceof BoundExpr.PluginCall call) {
            return areApart(call.arguments());
        }
        if (expr instanceof BoundExpr.UserCall call) {
            return !local.isShared() && areApart(call.arguments());
        }
        if (expr instanceof BoundExpr.Reference reference) {
            return reference.local() != local && !(local.isShared() && isSharedString(reference.local()));
        }
        if (expr instanceof BoundExpr.Concat joined) {
            return isApart(joined.left()) && isApart(joined.right());
        }
        if (expr instanceof BoundExpr.Arithmetic arithmetic) {
            return isApart(arithmetic.left()) && isApart(arithmetic.right());
        }
        if (expr instanceof BoundExpr.Convert convert) {
            return isApart(convert.operand());
        }
        if (expr instanceof BoundExpr.Narrow narrow) {
            return isApart(narrow.operand());
        }
        if (expr instanceof BoundExpr.Conditional choice) {
            return isApart(choice.condition()) && isApart(choice.whenTrue()) && isApart(choice.whenFalse());
        }
        if (expr instanceof BoundExpr.Compare compare) {
            return isApart(compare.left()) && isApart(compare.right());
        }
        if (expr instanceof BoundExpr.Slice slice) {
            return isApart(slice.base())
                    && (slice.from() == null || isApart(slice.from()))
                    && (slice.to() == null || isApart(slice.to()));
        }
        if (expr instanceof BoundExpr.Index index) {
            return isApart(index.base()) && isApart(index.index());
        }
        if (expr instanceof BoundExpr.Length length) {
            return isApart(length.base());
        }
        return expr instanceof BoundExpr.StringConstant
                || expr instanceof BoundExpr.IntConstant
                || expr instanceof BoundExpr.LongConstant
                || expr instanceof BoundExpr.DoubleConstant
                || expr instanceof BoundExpr.Field;
    }

    private boolean areApart(List<BoundExpr> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (!isApart(arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSharedString(Local other) {
        return other.type() == Type.STRING && other.isShared();
    }
}

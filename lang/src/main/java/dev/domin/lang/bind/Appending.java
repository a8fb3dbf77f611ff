package dev.domin.lang.bind;

import java.util.List;

/**
 * The optimisation of loops that append to a string: such a string lives in a holder, which takes what is appended piece by
 * piece, so that the loop takes time in proportion to the text. The binder finds the variables ({@link #note}); the emitter
 * asks, when the whole function has been bound, which assignments may go that way, because no piece can see or change the
 * variable meanwhile ({@link #isAppend}, {@link #isPiece}).
 */
public final class Appending implements BoundExpr.Visitor {

    private final Local local;
    private boolean apart = true;

    private Appending(Local local) {
        this.local = local;
    }

    /** Notes an assignment {@code variable = value} that joins the variable's own value with more. */
    static void noteAssignment(Body body, Local local, BoundExpr value) {
        if (value instanceof BoundExpr.Concat && first(value) instanceof BoundExpr.Read read && read.local() == local) {
            note(body, local);
        }
    }

    private static BoundExpr first(BoundExpr joined) {
        BoundExpr first = joined;
        while (first instanceof BoundExpr.Concat concat) {
            first = concat.left();
        }
        return first;
    }

    /** Notes that a variable grows at its end; where a loop makes it grow, it is worth a holder that collects the pieces. */
    static void note(Body body, Local local) {
        if (body.loops > local.loops) {
            local.collectPieces();
        }
    }

    /** {@return whether the value is the variable's own, joined with pieces that have nothing to do with the variable} */
    public static boolean isAppend(Local local, BoundExpr value) {
        if (!collects(local) || !(value instanceof BoundExpr.Concat)) {
            return false;
        }
        BoundExpr rest = value;
        while (rest instanceof BoundExpr.Concat joined) {
            if (!isApart(local, joined.right())) {
                return false;
            }
            rest = joined.left();
        }
        return rest instanceof BoundExpr.Read read && read.local() == local;
    }

    /** {@return whether the value has nothing to do with the variable, so that it can be put at its end} */
    public static boolean isPiece(Local local, BoundExpr value) {
        return collects(local) && isApart(local, value);
    }

    private static boolean collects(Local local) {
        return local.type() == Type.STRING && local.isHeld();
    }

    private static boolean isApart(Local local, BoundExpr expr) {
        var appending = new Appending(local);
        appending.check(expr);
        return appending.apart;
    }

    private void check(BoundExpr expr) {
        if (apart && expr != null) {
            expr.accept(this);
        }
    }

    private void checkAll(List<BoundExpr> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            check(arguments.get(i));
        }
    }

    private void check(Local other) {
        boolean mayBeSame = local.isShared() && other.type() == Type.STRING && other.isShared();
        apart &= other != local && !mayBeSame;
    }

    @Override
    public void visit(BoundExpr.IntConstant constant) {
        // has nothing to do with any variable
    }

    @Override
    public void visit(BoundExpr.LongConstant constant) {
        // has nothing to do with any variable
    }

    @Override
    public void visit(BoundExpr.DoubleConstant constant) {
        // has nothing to do with any variable
    }

    @Override
    public void visit(BoundExpr.StringConstant constant) {
        // has nothing to do with any variable
    }

    @Override
    public void visit(BoundExpr.Read read) {
        check(read.local());
    }

    @Override
    public void visit(BoundExpr.Convert convert) {
        check(convert.operand());
    }

    @Override
    public void visit(BoundExpr.Narrow narrow) {
        check(narrow.operand());
    }

    @Override
    public void visit(BoundExpr.Negate negate) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.Complement complement) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.Not not) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.Arithmetic arithmetic) {
        check(arithmetic.left());
        check(arithmetic.right());
    }

    @Override
    public void visit(BoundExpr.Compare compare) {
        check(compare.left());
        check(compare.right());
    }

    @Override
    public void visit(BoundExpr.Logical logical) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.Conditional conditional) {
        check(conditional.condition());
        check(conditional.whenTrue());
        check(conditional.whenFalse());
    }

    @Override
    public void visit(BoundExpr.Concat concat) {
        check(concat.left());
        check(concat.right());
    }

    @Override
    public void visit(BoundExpr.Assign assign) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.Fill fill) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.IncDec step) {
        apart = false;
    }

    @Override
    public void visit(BoundExpr.UserCall call) {
        apart &= !local.isShared();
        checkAll(call.arguments());
    }

    @Override
    public void visit(BoundExpr.PluginCall call) {
        checkAll(call.arguments());
    }

    @Override
    public void visit(BoundExpr.Reference reference) {
        check(reference.local());
    }

    @Override
    public void visit(BoundExpr.Index index) {
        check(index.base());
        check(index.index());
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        check(slice.base());
        check(slice.from());
        check(slice.to());
    }

    @Override
    public void visit(BoundExpr.Length length) {
        check(length.base());
    }

    @Override
    public void visit(BoundExpr.Field field) {
        // is in a blob
    }
}

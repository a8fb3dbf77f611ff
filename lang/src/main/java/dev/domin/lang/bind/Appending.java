package dev.domin.lang.bind;

import java.util.List;

/**
 * The optimisation of loops that append to a string: such a string lives in a holder, which takes what is appended piece by
 * piece, so that the loop takes time in proportion to the text. The binder finds the variables ({@link #note}); the emitter
 * asks, when the whole function has been bound, which assignments may go that way, because no piece can see or change the
 * variable meanwhile ({@link #isAppend}, {@link #isPiece}).
 */
public final class Appending {

    private Appending() {}

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
        var uses = new Uses(local);
        expr.accept(uses);
        return uses.isApart;
    }

    /** Finds out whether an expression can neither read nor change a variable. */
    private static final class Uses implements OperandWalker {

        private final Local local;
        private boolean isApart = true;

        Uses(Local local) {
            this.local = local;
        }

        @Override
        public void operand(BoundExpr operand) {
            if (isApart) {
                operand.accept(this);
            }
        }

        private void operands(List<BoundExpr> arguments) {
            for (int i = 0; i < arguments.size(); i++) {
                operand(arguments.get(i));
            }
        }

        private void check(Local other) {
            boolean mayBeSame = local.isShared() && other.type() == Type.STRING && other.isShared();
            isApart &= other != local && !mayBeSame;
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
        public void visit(BoundExpr.Concat concat) {
            operand(concat.left());
            operand(concat.right());
        }

        @Override
        public void visit(BoundExpr.Assign assign) {
            isApart = false;
        }

        @Override
        public void visit(BoundExpr.Fill fill) {
            isApart = false;
        }

        @Override
        public void visit(BoundExpr.CompoundAssign assign) {
            isApart = false;
        }

        @Override
        public void visit(BoundExpr.IncDec step) {
            isApart = false;
        }

        @Override
        public void visit(BoundExpr.UserCall call) {
            isApart &= !local.isShared();
            operands(call.arguments());
        }

        @Override
        public void visit(BoundExpr.PluginCall call) {
            operands(call.arguments());
        }

        @Override
        public void visit(BoundExpr.Reference reference) {
            check(reference.local());
        }

        @Override
        public void visit(BoundExpr.Index index) {
            operand(index.base());
            operand(index.index());
        }

        @Override
        public void visit(BoundExpr.Slice slice) {
            operand(slice.base());
            if (slice.from() != null) {
                operand(slice.from());
            }
            if (slice.to() != null) {
                operand(slice.to());
            }
        }

        @Override
        public void visit(BoundExpr.Length length) {
            operand(length.base());
        }

        @Override
        public void visit(BoundExpr.Field field) {
            // is in a blob
        }
    }
}

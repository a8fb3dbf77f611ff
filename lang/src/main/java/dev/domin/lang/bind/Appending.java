package dev.domin.lang.bind;

import java.util.List;

/**
 * The optimisation of loops that append to a string: such a string is kept in a holder, which collects the appended
 * pieces, so that the time of the loop is proportional to the length of the text. The binder finds the variables
 * ({@link #note}). When the whole function has been bound, the emitter asks which assignments may append in place,
 * because no piece can read or change the variable ({@link #isAppend}, {@link #isPiece}).
 */
public final class Appending {

    private Appending() {}

    /** Notes an assignment {@code variable = value} whose value begins with that of the variable. */
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

    /**
     * Notes that a string is appended to a variable; if a loop does so, a holder that collects the pieces is worth its
     * cost.
     */
    static void note(Body body, Local local) {
        if (body.loops > local.loops) {
            local.collectPieces();
        }
    }

    /**
     * {@return whether the value is the variable's own, joined with pieces that neither read nor change the variable}
     */
    public static boolean isAppend(Local local, BoundExpr value) {
        if (!collects(local) || !(value instanceof BoundExpr.Concat)) {
            return false;
        }
        BoundExpr rest = value;
        while (rest instanceof BoundExpr.Concat joined) {
            if (!isIndependent(local, joined.right())) {
                return false;
            }
            rest = joined.left();
        }
        return rest instanceof BoundExpr.Read read && read.local() == local;
    }

    /** {@return whether the value neither reads nor changes the variable, so that it can be appended in place} */
    public static boolean isPiece(Local local, BoundExpr value) {
        return collects(local) && isIndependent(local, value);
    }

    private static boolean collects(Local local) {
        return local.type() == Type.STRING && local.isHeld();
    }

    private static boolean isIndependent(Local local, BoundExpr expr) {
        var uses = new Uses(local);
        expr.accept(uses);
        return uses.isIndependent;
    }

    /** Finds out whether an expression can neither read nor change a variable. */
    private static final class Uses implements OperandWalker {

        private final Local local;
        private boolean isIndependent = true;

        Uses(Local local) {
            this.local = local;
        }

        @Override
        public void operand(BoundExpr operand) {
            if (isIndependent) {
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
            isIndependent &= other != local && !mayBeSame;
        }

        @Override
        public void visit(BoundExpr.StringConstant constant) {
            // uses no variable
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
            isIndependent = false;
        }

        @Override
        public void visit(BoundExpr.Fill fill) {
            isIndependent = false;
        }

        @Override
        public void visit(BoundExpr.CompoundAssign assign) {
            isIndependent = false;
        }

        @Override
        public void visit(BoundExpr.IncDec step) {
            isIndependent = false;
        }

        @Override
        public void visit(BoundExpr.UserCall call) {
            isIndependent &= !local.isShared();
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
            // is part of a blob, not a variable
        }
    }
}

package dev.domin.lang.check;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.BoundStmt;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Warns of literal values with which an operation of one function will fail: a division by 0, and an index or struct
 * beyond the length of a blob that keeps the literal length of its declaration.
 */
final class ValuesCheck extends BoundWalker {

    private final Diagnostics problems;
    private final Map<Local, Long> lengths;

    private ValuesCheck(Diagnostics problems, Map<Local, Long> lengths) {
        this.problems = problems;
        this.lengths = lengths;
    }

    /** Checks the body of a function. */
    static void check(BoundStmt.Block body, Diagnostics problems) {
        var declarations = new Declarations();
        declarations.statement(body);
        new ValuesCheck(problems, declarations.lengths).statement(body);
    }

    /** Collects the blobs that keep their length. */
    private static final class Declarations extends BoundWalker {

        final Map<Local, Long> lengths = new HashMap<>();
        private final Map<Local, Boolean> assigned = new HashMap<>();

        @Override
        public void visit(BoundStmt.Declare declare) {
            var local = declare.local();
            if (declare.capacity() instanceof BoundExpr.NumberConstant capacity
                    && declare.initializer() == null
                    && local.type() == Type.BLOB
                    && !local.isShared() // a function that gets a reference may change the length
                    && !assigned.containsKey(local)) {
                lengths.put(local, capacity.longValue());
            }
            super.visit(declare);
        }

        @Override
        public void visit(Target.Variable target) {
            assigned.put(target.local(), true);
            lengths.remove(target.local());
        }
    }

    @Override
    public void visit(BoundExpr.Arithmetic arithmetic) {
        divisor(arithmetic.op(), arithmetic.type(), arithmetic.right());
        super.visit(arithmetic);
    }

    @Override
    public void visit(BoundExpr.CompoundAssign assign) {
        divisor(assign.op(), assign.computeType(), assign.value());
        super.visit(assign);
    }

    private void divisor(BinaryOp op, Type type, BoundExpr divisor) {
        if ((op == BinaryOp.DIVIDE || op == BinaryOp.REMAINDER)
                && type != Type.DOUBLE
                && divisor instanceof BoundExpr.NumberConstant number
                && number.type() != Type.DOUBLE
                && number.longValue() == 0) {
            problems.warning(divisor.span(), "division by zero", "only a division of doubles by 0 has a result");
        }
    }

    @Override
    public void visit(BoundExpr.Index index) {
        index(index.base(), index.index());
        super.visit(index);
    }

    @Override
    public void visit(Target.BlobByte target) {
        index(target.blob(), target.index());
        super.visit(target);
    }

    @Override
    public void visit(Target.FieldByte target) {
        index(target.index(), target.field().size(), "`" + target.field().name() + "`");
        super.visit(target);
    }

    private void index(BoundExpr base, BoundExpr index) {
        if (base instanceof BoundExpr.Field field) {
            index(index, field.field().size(), "`" + field.field().name() + "`");
        } else {
            var length = length(base);
            index(index, length == null ? Long.MAX_VALUE : length, shown(base));
        }
    }

    private void index(BoundExpr index, long length, String what) {
        if (index instanceof BoundExpr.NumberConstant number) {
            if (number.longValue() < 0) {
                problems.warning(index.span(), "index " + number.longValue() + " is negative", "indexes count from 0");
            } else if (number.longValue() >= length) {
                problems.warning(
                        index.span(),
                        "index " + number.longValue() + " is outside " + what + ", which has " + length + " bytes",
                        "indexes count from 0");
            }
        }
    }

    @Override
    public void visit(BoundExpr.Slice slice) {
        bounds(slice.base(), slice.from(), slice.to());
        super.visit(slice);
    }

    @Override
    public void visit(Target.Slice target) {
        bounds(target.blob(), target.from(), target.to());
        super.visit(target);
    }

    private void bounds(BoundExpr base, @Nullable BoundExpr from, @Nullable BoundExpr to) {
        var length = length(base);
        long end = length == null ? Long.MAX_VALUE : length;
        if (to instanceof BoundExpr.NumberConstant number) {
            bound(to.span(), number.longValue(), end, base);
            end = Math.min(end, number.longValue());
        }
        if (from instanceof BoundExpr.NumberConstant number) {
            if (to instanceof BoundExpr.NumberConstant && number.longValue() > end && end >= 0) {
                problems.warning(
                        from.span(),
                        "this part begins at " + number.longValue() + ", behind its end",
                        "the first number is where the part begins, the second where it ends");
            } else {
                bound(from.span(), number.longValue(), length == null ? Long.MAX_VALUE : length, base);
            }
        }
    }

    private void bound(Span span, long bound, long length, BoundExpr base) {
        if (bound < 0) {
            problems.warning(span, "index " + bound + " is negative", "indexes count from 0");
        } else if (bound > length) {
            problems.warning(
                    span,
                    "index " + bound + " is outside " + shown(base) + ", which has " + length + " bytes",
                    "a part ends at the length at most");
        }
    }

    @Override
    public void visit(BoundStmt.AssignOverlay overlay) {
        var length = lengths.get(overlay.blob());
        if (length != null && length < overlay.struct().size()) {
            problems.warning(
                    overlay.span(),
                    "`" + overlay.blob().shownName() + "` has " + length + " bytes, and `"
                            + overlay.struct().name() + "` needs "
                            + overlay.struct().size(),
                    "declare the blob with that length");
        }
    }

    private @Nullable Long length(BoundExpr base) {
        return base instanceof BoundExpr.Read read ? lengths.get(read.local()) : null;
    }

    private static String shown(BoundExpr base) {
        return base instanceof BoundExpr.Read read ? "`" + read.local().shownName() + "`" : "this value";
    }
}

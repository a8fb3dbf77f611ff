package dev.domin.lang.compile;

import dev.domin.lang.bind.Appending;
import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;

/** Emits assignments to a variable. Its address is its holder, or nothing if it has none. */
final class VariableEmitter extends TargetEmitter {

    private final Local local;

    VariableEmitter(Target.Variable target, CodeWriter writer, ExprEmitter exprs) {
        super(target, writer, exprs);
        this.local = target.local();
    }

    @Override
    void assign(BoundExpr.Assign assign, boolean keep) {
        if (local.type() == Type.BLOB) {
            changeBlob(assign.value(), false, keep, assign.span());
        } else if (Appending.isAppend(local, assign.value())) {
            append((BoundExpr.Concat) assign.value());
            if (keep) {
                writer.read(local);
            }
        } else {
            super.assign(assign, keep);
        }
    }

    @Override
    void fill(BoundExpr.Fill fill, boolean keep) {
        if (local.type() == Type.BLOB) {
            changeBlob(fill.value(), true, keep, fill.span());
        } else if (local.isHeld()) {
            code.aload(writer.slot(local));
            exprs.value(fill.value());
            writer.at(fill.span());
            writer.virtual(Classes.STRING_REF, "fill", "(Ljava/lang/String;)V");
            if (keep) {
                writer.read(local);
            }
        } else {
            exprs.value(fill.value());
            writer.read(local);
            code.iload(writer.capacitySlot(local));
            writer.at(fill.span());
            writer.statics(Classes.STRINGS, "fill", "(Ljava/lang/String;Ljava/lang/String;I)Ljava/lang/String;");
            store(fill.span(), keep);
        }
    }

    @Override
    void compound(BoundExpr.CompoundAssign assign, boolean keep) {
        if (isStep(assign)) {
            int step = ((BoundExpr.IntConstant) assign.value()).value();
            increment(assign.op() == BinaryOp.ADD ? step : -step, keep, true);
        } else if (Appending.isPiece(local, assign.value())) {
            append(assign.value(), assign.span());
            if (keep) {
                writer.read(local);
            }
        } else {
            super.compound(assign, keep);
        }
    }

    @Override
    void incDec(BoundExpr.IncDec incDec, boolean keep) {
        if (isPlainInt()) {
            increment(incDec.delta(), keep, incDec.prefix());
        } else {
            super.incDec(incDec, keep);
        }
    }

    @Override
    void address() {
        if (local.isHeld()) {
            code.aload(writer.slot(local));
        }
    }

    @Override
    void addressTwice() {
        address();
        if (local.isHeld()) {
            code.dup();
        }
    }

    @Override
    void load() {
        if (local.isHeld()) {
            writer.readHolder(local.type());
        } else {
            writer.read(local);
        }
    }

    @Override
    void store(Span span, boolean keep) {
        if (keep && local.isHeld()) {
            writer.dupUnderOne(local.type());
        } else if (keep) {
            writer.dup(local.type());
        }
        storeBehind(span);
    }

    @Override
    void storeBehind(Span span) {
        if (local.isHeld()) {
            writer.writeHolder(local.type());
        } else {
            code.storeLocal(Classes.kind(local.type()), writer.slot(local));
        }
    }

    private void append(BoundExpr.Concat joined) {
        if (joined.left() instanceof BoundExpr.Concat earlier) {
            append(earlier);
        }
        append(joined.right(), joined.span());
    }

    private void append(BoundExpr piece, Span span) {
        code.aload(writer.slot(local));
        exprs.value(piece);
        writer.at(span);
        writer.statics(Classes.STRINGS, "append", "(Ldev/domin/spi/StringRef;Ljava/lang/String;)V");
    }

    private void increment(int step, boolean keep, boolean prefix) {
        int slot = writer.slot(local);
        if (keep && !prefix) {
            code.iload(slot);
        }
        code.iinc(slot, step);
        if (keep && prefix) {
            code.iload(slot);
        }
    }

    private void changeBlob(BoundExpr value, boolean fill, boolean keep, Span span) {
        code.aload(writer.slot(local));
        exprs.value(value);
        writer.at(span);
        if (fill) {
            writer.statics(Classes.BLOBS, "fill", "(Ldev/domin/spi/Blob;Ldev/domin/spi/Blob;)V");
        } else {
            writer.virtual(Classes.BLOB, "assign", "(Ldev/domin/spi/Blob;)V");
        }
        if (keep) {
            code.aload(writer.slot(local));
        }
    }

    private boolean isStep(BoundExpr.CompoundAssign assign) {
        return isPlainInt()
                && (assign.op() == BinaryOp.ADD || assign.op() == BinaryOp.SUBTRACT)
                && assign.computeType() == Type.I32
                && assign.value() instanceof BoundExpr.IntConstant step
                && step.value() >= -Short.MAX_VALUE
                && step.value() <= Short.MAX_VALUE;
    }

    private boolean isPlainInt() {
        return local.type() == Type.I32 && !local.isHeld();
    }
}

package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Local;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Assignments of every kind. A target is evaluated once, before the value: first its address is pushed (nothing for a plain
 * variable; a holder; a blob and an index or bounds), then the value, then a store takes both.
 */
@SuppressWarnings("IfChainToSwitch") // see ExprEmitter
final class TargetEmitter {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;
    private final FieldEmitter fields;

    TargetEmitter(CodeWriter writer, ExprEmitter exprs, FieldEmitter fields) {
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
        this.fields = fields;
    }

    /** Assigns; leaves what the target then holds where {@code keep}. */
    void assign(BoundExpr.Assign assign, boolean keep) {
        var target = assign.target();
        if (target instanceof BoundExpr.LocalTarget local && local.type() == Type.BLOB) {
            changeBlob(local.local(), assign.value(), "assign", keep, assign.span());
            return;
        }
        if (target instanceof BoundExpr.LocalTarget local && Appending.isAppend(local.local(), assign.value())) {
            append(local.local(), (BoundExpr.Concat) assign.value());
            if (keep) {
                writer.read(local.local());
            }
            return;
        }
        address(target);
        exprs.value(assign.value());
        if (target instanceof BoundExpr.SliceTarget) {
            finish(target, assign.span(), keep);
        } else {
            store(target, assign.span(), keep);
        }
    }

    /** Fills; leaves what the target then holds where {@code keep}. */
    void fill(BoundExpr.Fill fill, boolean keep) {
        var target = fill.target();
        if (target instanceof BoundExpr.FieldTarget field) {
            code.aload(writer.slot(field.blob()));
            exprs.value(fill.value());
            fields.store(fill.span(), field.blob(), field.struct(), field.field(), true);
            if (keep) {
                reload(field);
            }
            return;
        }
        Local local = ((BoundExpr.LocalTarget) target).local();
        if (local.type() == Type.BLOB) {
            changeBlob(local, fill.value(), "fill", keep, fill.span());
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
            store(target, fill.span(), keep);
        }
    }

    /** Combines and assigns; leaves what the target then holds where {@code keep}. */
    void compound(BoundExpr.CompoundAssign assign, boolean keep) {
        var target = assign.target();
        Type type = target.type();
        if (isStep(assign)) {
            int step = ((BoundExpr.IntConstant) assign.value()).value();
            increment(((BoundExpr.LocalTarget) target).local(), assign.op() == BinaryOp.ADD ? step : -step, keep, true);
            return;
        }
        if (target instanceof BoundExpr.LocalTarget local && Appending.isPiece(local.local(), assign.value())) {
            append(local.local(), assign.value(), assign.span());
            if (keep) {
                writer.read(local.local());
            }
            return;
        }
        addressTwice(target);
        load(target);
        writer.convert(type, assign.computeType());
        exprs.value(assign.value());
        exprs.combine(assign.op(), assign.computeType(), assign.value(), assign.span());
        writer.convert(assign.computeType(), type);
        store(target, assign.span(), keep);
    }

    /** Counts up or down; leaves the old or new value where {@code keep}. */
    void incDec(BoundExpr.IncDec incDec, boolean keep) {
        var target = incDec.target();
        Type type = target.type();
        if (isPlainInt(target)) {
            increment(((BoundExpr.LocalTarget) target).local(), incDec.delta(), keep, incDec.prefix());
            return;
        }
        addressTwice(target);
        load(target);
        boolean keepOld = keep && !incDec.prefix();
        int reserved = writer.reserved();
        int old = 0;
        if (keepOld) {
            old = writer.reserve(Classes.kind(type));
            writer.dup(type);
            code.storeLocal(Classes.kind(type), old);
        }
        if (type == Type.I32) {
            code.loadConstant(incDec.delta());
        } else if (type == Type.I64) {
            code.loadConstant((long) incDec.delta());
        } else {
            code.loadConstant((double) incDec.delta());
        }
        Operators.combine(code, BinaryOp.ADD, type);
        store(target, incDec.span(), keep && !keepOld);
        if (keepOld) {
            code.loadLocal(Classes.kind(type), old);
        }
        writer.release(reserved);
    }

    private void append(Local local, BoundExpr.Concat joined) {
        if (joined.left() instanceof BoundExpr.Concat earlier) {
            append(local, earlier);
        }
        append(local, joined.right(), joined.span());
    }

    private void append(Local local, BoundExpr piece, Span span) {
        code.aload(writer.slot(local));
        exprs.value(piece);
        writer.at(span);
        writer.statics(Classes.STRINGS, "append", "(Ldev/domin/spi/StringRef;Ljava/lang/String;)V");
    }

    private void increment(Local local, int step, boolean keep, boolean prefix) {
        int slot = writer.slot(local);
        if (keep && !prefix) {
            code.iload(slot);
        }
        code.iinc(slot, step);
        if (keep && prefix) {
            code.iload(slot);
        }
    }

    private void changeBlob(Local local, BoundExpr value, String method, boolean keep, Span span) {
        code.aload(writer.slot(local));
        exprs.value(value);
        writer.at(span);
        writer.virtual(Classes.BLOB, method, "(Ldev/domin/spi/Blob;)V");
        if (keep) {
            code.aload(writer.slot(local));
        }
    }

    private void address(BoundExpr.Target target) {
        if (target instanceof BoundExpr.LocalTarget local) {
            if (local.local().isHeld()) {
                code.aload(writer.slot(local.local()));
            }
        } else if (target instanceof BoundExpr.IndexTarget index) {
            exprs.value(index.blob());
            exprs.value(index.index());
        } else if (target instanceof BoundExpr.FieldTarget field) {
            code.aload(writer.slot(field.blob()));
        } else if (target instanceof BoundExpr.FieldByteTarget field) {
            code.aload(writer.slot(field.blob()));
            exprs.bound(field.index());
        } else {
            var slice = (BoundExpr.SliceTarget) target;
            exprs.value(slice.blob());
            exprs.bound(slice.from());
            if (slice.to() != null) {
                exprs.bound(slice.to());
            }
        }
    }

    /** Pushes the address for {@link #load} and once more for the store after it. */
    private void addressTwice(BoundExpr.Target target) {
        address(target);
        if (target instanceof BoundExpr.LocalTarget local) {
            if (local.local().isHeld()) {
                code.dup();
            }
        } else if (target instanceof BoundExpr.FieldTarget) {
            code.dup();
        } else if (target instanceof BoundExpr.IndexTarget index
                && index.index().type() == Type.I32) {
            code.dup2();
        } else { // a blob and a long: three words, for which the JVM has no instruction
            int reserved = writer.reserved();
            int place = writer.reserve(TypeKind.LONG);
            code.lstore(place);
            code.dup();
            code.lload(place);
            code.dup2_x1(); // blob, long, blob, long
            writer.release(reserved);
        }
    }

    /** Takes an address and pushes what stands there. */
    private void load(BoundExpr.Target target) {
        if (target instanceof BoundExpr.LocalTarget local) {
            if (local.local().isHeld()) {
                writer.readHolder(local.type());
            } else {
                writer.read(local.local());
            }
        } else if (target instanceof BoundExpr.IndexTarget index) {
            writer.at(index.span());
            writer.virtual(Classes.BLOB, "get", index.index().type() == Type.I64 ? "(J)I" : "(I)I");
        } else if (target instanceof BoundExpr.FieldTarget field) {
            fields.load(field.span(), field.blob(), field.struct(), field.field());
        } else if (target instanceof BoundExpr.FieldByteTarget field) {
            fields.readByte(new BoundExpr.Field(field.span(), field.blob(), field.struct(), field.field()));
        } else {
            throw new IllegalArgumentException("nothing can be combined with " + target);
        }
    }

    /** Takes an address and a value; leaves what the target then holds where {@code keep}. */
    private void store(BoundExpr.Target target, Span span, boolean keep) {
        if (target instanceof BoundExpr.LocalTarget local) {
            Type type = local.type();
            if (local.local().isHeld()) {
                if (keep) {
                    writer.dupUnderOne(type);
                }
                writer.writeHolder(type);
            } else {
                if (keep) {
                    writer.dup(type);
                }
                code.storeLocal(Classes.kind(type), writer.slot(local.local()));
            }
        } else if (target instanceof BoundExpr.FieldTarget field
                && !field.type().isNumeric()) {
            fields.store(span, field.blob(), field.struct(), field.field(), false);
            if (keep) {
                reload(field);
            }
        } else {
            finish(target, span, keep);
        }
    }

    private void reload(BoundExpr.FieldTarget field) {
        fields.read(new BoundExpr.Field(field.span(), field.blob(), field.struct(), field.field()));
    }

    /** Stores behind an address of several words, keeping the value in a variable of its own where it is asked for. */
    private void finish(BoundExpr.Target target, Span span, boolean keep) {
        int reserved = writer.reserved();
        TypeKind kind = Classes.kind(target.type());
        int kept = 0;
        if (keep) {
            cut(target);
            kept = writer.reserve(kind);
            writer.dup(target.type());
            code.storeLocal(kind, kept);
        }
        storeBehind(target, span);
        if (keep) {
            code.loadLocal(kind, kept);
        }
        writer.release(reserved);
    }

    private void storeBehind(BoundExpr.Target target, Span span) {
        if (target instanceof BoundExpr.IndexTarget index) {
            writer.at(index.span());
            writer.virtual(Classes.BLOB, "set", index.index().type() == Type.I64 ? "(JI)V" : "(II)V");
        } else if (target instanceof BoundExpr.FieldTarget field) {
            fields.store(field.span(), field.blob(), field.struct(), field.field(), false);
        } else if (target instanceof BoundExpr.FieldByteTarget field) {
            fields.storeByte(field.span(), field.blob(), field.struct(), field.field());
        } else if (((BoundExpr.SliceTarget) target).to() == null) {
            writer.at(span);
            writer.statics(Classes.BLOBS, "setTail", "(Ldev/domin/spi/Blob;JLdev/domin/spi/Blob;)V");
        } else {
            writer.at(span);
            writer.virtual(Classes.BLOB, "setSlice", "(JJLdev/domin/spi/Blob;)V");
        }
    }

    /** Cuts the number on the stack to what the target will hold. */
    private void cut(BoundExpr.Target target) {
        if (target instanceof BoundExpr.FieldTarget field) {
            fields.cut(field.field().type());
        } else if (target.type() == Type.I32) {
            code.loadConstant(0xFF);
            code.iand();
        }
    }

    private static boolean isStep(BoundExpr.CompoundAssign assign) {
        return isPlainInt(assign.target())
                && (assign.op() == BinaryOp.ADD || assign.op() == BinaryOp.SUBTRACT)
                && assign.computeType() == Type.I32
                && assign.value() instanceof BoundExpr.IntConstant step
                && step.value() >= -Short.MAX_VALUE
                && step.value() <= Short.MAX_VALUE;
    }

    private static boolean isPlainInt(BoundExpr.Target target) {
        return target instanceof BoundExpr.LocalTarget local
                && local.type() == Type.I32
                && !local.local().isHeld();
    }
}

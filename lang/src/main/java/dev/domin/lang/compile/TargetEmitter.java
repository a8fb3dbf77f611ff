package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Target;
import dev.domin.lang.bind.Type;
import dev.domin.lang.source.Span;
import dev.domin.lang.syntax.BinaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/**
 * Emits assignments of every kind to one target. The target is evaluated once, before the value: first its address is
 * pushed (nothing for a plain variable; a holder; a blob and an index or bounds), then the value, then a store pops
 * both.
 *
 * <p>There is one subclass for each kind of target, which {@link TargetEmitters} chooses.
 */
abstract class TargetEmitter {

    final CodeWriter writer;
    final CodeBuilder code;
    final ExprEmitter exprs;
    private final Target target;

    TargetEmitter(Target target, CodeWriter writer, ExprEmitter exprs) {
        this.target = target;
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
    }

    /** Pushes the address. */
    abstract void address();

    /** Pushes the address twice, for {@link #load} and for the store after it. */
    abstract void addressTwice();

    /** Pops an address and pushes the value there. */
    abstract void load();

    /** Pops an address and a value, and stores the value. */
    abstract void storeBehind(Span span);

    /** Assigns; pushes the new value of the target if {@code keep}. */
    void assign(BoundExpr.Assign assign, boolean keep) {
        address();
        exprs.value(assign.value());
        store(assign.span(), keep);
    }

    /** Fills; pushes the new value of the target if {@code keep}. */
    void fill(BoundExpr.Fill fill, boolean keep) {
        throw new IllegalArgumentException("the binder let " + fill + " pass");
    }

    /** Combines and assigns; pushes the new value of the target if {@code keep}. */
    void compound(BoundExpr.CompoundAssign assign, boolean keep) {
        Type type = target.type();
        addressTwice();
        load();
        writer.convert(type, assign.computeType());
        exprs.value(assign.value());
        exprs.combine(assign.op(), assign.computeType(), assign.value(), assign.span());
        writer.convert(assign.computeType(), type);
        store(assign.span(), keep);
    }

    /** Increments or decrements; pushes the old or new value if {@code keep}. */
    void incDec(BoundExpr.IncDec incDec, boolean keep) {
        Type type = target.type();
        addressTwice();
        load();
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
        store(incDec.span(), keep && !keepOld);
        if (keepOld) {
            code.loadLocal(Classes.kind(type), old);
        }
        writer.release(reserved);
    }

    /**
     * Pops an address and a value, and stores the value; pushes the new value of the target if {@code keep}. An address
     * may have several words, so a JVM local keeps the value meanwhile.
     */
    void store(Span span, boolean keep) {
        int reserved = writer.reserved();
        TypeKind kind = Classes.kind(target.type());
        int kept = 0;
        if (keep) {
            cut();
            kept = writer.reserve(kind);
            writer.dup(target.type());
            code.storeLocal(kind, kept);
        }
        storeBehind(span);
        if (keep) {
            code.loadLocal(kind, kept);
        }
        writer.release(reserved);
    }

    /** Truncates the number on the stack to the width of the target. */
    void cut() {
        if (target.type() == Type.I32) {
            code.loadConstant(0xFF);
            code.iand();
        }
    }

    /**
     * Copies the address on the stack, a blob and a {@code long}: three words, for which the JVM has no instruction.
     */
    final void copyBlobAndLong() {
        int reserved = writer.reserved();
        int place = writer.reserve(TypeKind.LONG);
        code.lstore(place);
        code.dup();
        code.lload(place);
        code.dup2_x1(); // blob, long, blob, long
        writer.release(reserved);
    }
}

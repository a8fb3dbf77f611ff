package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundExpr;
import dev.domin.lang.bind.Type;
import dev.domin.lang.syntax.BinaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;

/** Emits conditions, as branches or as the values 0 and 1. */
final class ConditionEmitter {

    private final CodeWriter writer;
    private final CodeBuilder code;
    private final ExprEmitter exprs;

    ConditionEmitter(CodeWriter writer, ExprEmitter exprs) {
        this.writer = writer;
        this.code = writer.code();
        this.exprs = exprs;
    }

    /**
     * Jumps to the target if the condition has the wanted outcome, otherwise continues with the next instruction. Only
     * the left sides of {@code &&} and {@code ||} recurse, one frame each, since conditions may be deep.
     */
    void jump(BoundExpr condition, boolean wanted, Label target) {
        BoundExpr rest = condition;
        boolean outcome = wanted;
        Label end = null;
        while (true) {
            if (rest instanceof BoundExpr.Not not) {
                rest = not.operand();
                outcome = !outcome;
            } else if (rest instanceof BoundExpr.Logical logical) {
                if (logical.and() == outcome) { // both must be true (and), or both false (or)
                    end = end == null ? code.newLabel() : end;
                    jump(logical.left(), !outcome, end);
                } else {
                    jump(logical.left(), outcome, target);
                }
                rest = logical.right();
            } else {
                break;
            }
        }
        leaf(rest, outcome, target);
        if (end != null) {
            code.labelBinding(end);
        }
    }

    private void leaf(BoundExpr condition, boolean wanted, Label target) {
        var truth = Constants.truth(condition);
        if (truth != Constants.Truth.UNKNOWN) {
            if ((truth == Constants.Truth.ALWAYS) == wanted) {
                code.goto_(target);
            }
        } else if (condition instanceof BoundExpr.Compare compare) {
            jump(compare, wanted, target);
        } else {
            exprs.value(condition);
            compareWithZero(condition.type());
            code.branch(wanted ? Opcode.IFNE : Opcode.IFEQ, target);
        }
    }

    /** Pushes 1 if the condition is true, otherwise 0. */
    void value(BoundExpr.Condition condition) {
        if (condition instanceof BoundExpr.Compare compare && pushEquality(compare)) {
            return;
        }
        Label no = code.newLabel();
        Label end = code.newLabel();
        jump(condition, false, no);
        code.iconst_1();
        code.goto_(end);
        code.labelBinding(no);
        code.iconst_0();
        code.labelBinding(end);
    }

    private void jump(BoundExpr.Compare compare, boolean wanted, Label target) {
        if (pushEquality(compare)) {
            code.branch(wanted ? Opcode.IFNE : Opcode.IFEQ, target);
            return;
        }
        Type type = compare.left().type();
        BinaryOp op = compare.op();
        exprs.value(compare.left());
        if (type == Type.I32 && isZero(compare.right())) {
            code.branch(Operators.branchOnZero(op, wanted), target);
            return;
        }
        exprs.value(compare.right());
        if (type == Type.I32) {
            code.branch(Operators.branchOnInts(op, wanted), target);
            return;
        }
        if (type == Type.I64) {
            code.lcmp();
        } else if (type == Type.STRING) {
            writer.virtual(Classes.STRING, "compareTo", "(Ljava/lang/String;)I");
        } else if (op == BinaryOp.LESS || op == BinaryOp.LESS_EQUAL) {
            code.dcmpg(); // NaN counts as greater, so that it is neither less nor equal
        } else {
            code.dcmpl();
        }
        code.branch(Operators.branchOnZero(op, wanted), target);
    }

    /** Pushes the result of comparing strings or blobs for equality, which their methods return as 0 or 1. */
    private boolean pushEquality(BoundExpr.Compare compare) {
        Type type = compare.left().type();
        boolean equal = compare.op() == BinaryOp.EQUAL;
        if (type != Type.BLOB && type != Type.STRING || !equal && compare.op() != BinaryOp.NOT_EQUAL) {
            return false;
        }
        exprs.value(compare.left());
        exprs.value(compare.right());
        if (type == Type.STRING) {
            writer.virtual(Classes.STRING, "equals", "(Ljava/lang/Object;)Z");
        } else {
            writer.virtual(Classes.BLOB, "contentEquals", "(Ldev/domin/spi/Blob;)Z");
        }
        if (!equal) {
            code.iconst_1();
            code.ixor();
        }
        return true;
    }

    private void compareWithZero(Type type) {
        if (type == Type.I64) {
            code.lconst_0();
            code.lcmp();
        } else if (type == Type.DOUBLE) {
            code.dconst_0();
            code.dcmpl();
        }
    }

    private static boolean isZero(BoundExpr expr) {
        return expr instanceof BoundExpr.IntConstant constant && constant.value() == 0;
    }
}

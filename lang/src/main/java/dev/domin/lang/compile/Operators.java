package dev.domin.lang.compile;

import dev.domin.lang.bind.Type;
import dev.domin.lang.syntax.BinaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;

/** The instructions of the operators. */
final class Operators {

    private Operators() {}

    /** Combines two numbers of one type on the stack; the right operand of a shift is an {@code i32}. */
    static void combine(CodeBuilder code, BinaryOp op, Type type) {
        if (type == Type.I32) {
            combineInts(code, op);
        } else if (type == Type.I64) {
            combineLongs(code, op);
        } else {
            combineDoubles(code, op);
        }
    }

    /** {@return the branch that is taken if comparing the number on the stack with 0 has the wanted outcome} */
    static Opcode branchOnZero(BinaryOp op, boolean wanted) {
        return switch (op) {
            case LESS -> wanted ? Opcode.IFLT : Opcode.IFGE;
            case LESS_EQUAL -> wanted ? Opcode.IFLE : Opcode.IFGT;
            case GREATER -> wanted ? Opcode.IFGT : Opcode.IFLE;
            case GREATER_EQUAL -> wanted ? Opcode.IFGE : Opcode.IFLT;
            case EQUAL -> wanted ? Opcode.IFEQ : Opcode.IFNE;
            case NOT_EQUAL -> wanted ? Opcode.IFNE : Opcode.IFEQ;
            default -> throw new IllegalArgumentException("not a comparison: " + op);
        };
    }

    /** {@return the branch that is taken if comparing the two ints on the stack has the wanted outcome} */
    static Opcode branchOnInts(BinaryOp op, boolean wanted) {
        return switch (op) {
            case LESS -> wanted ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGE;
            case LESS_EQUAL -> wanted ? Opcode.IF_ICMPLE : Opcode.IF_ICMPGT;
            case GREATER -> wanted ? Opcode.IF_ICMPGT : Opcode.IF_ICMPLE;
            case GREATER_EQUAL -> wanted ? Opcode.IF_ICMPGE : Opcode.IF_ICMPLT;
            case EQUAL -> wanted ? Opcode.IF_ICMPEQ : Opcode.IF_ICMPNE;
            case NOT_EQUAL -> wanted ? Opcode.IF_ICMPNE : Opcode.IF_ICMPEQ;
            default -> throw new IllegalArgumentException("not a comparison: " + op);
        };
    }

    private static void combineInts(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case MULTIPLY -> code.imul();
            case DIVIDE -> code.idiv();
            case REMAINDER -> code.irem();
            case ADD -> code.iadd();
            case SUBTRACT -> code.isub();
            case SHIFT_LEFT -> code.ishl();
            case SHIFT_RIGHT -> code.ishr();
            case AND -> code.iand();
            case XOR -> code.ixor();
            case OR -> code.ior();
            default -> throw new IllegalArgumentException("not arithmetic: " + op);
        }
    }

    private static void combineLongs(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case MULTIPLY -> code.lmul();
            case DIVIDE -> code.ldiv();
            case REMAINDER -> code.lrem();
            case ADD -> code.ladd();
            case SUBTRACT -> code.lsub();
            case SHIFT_LEFT -> code.lshl();
            case SHIFT_RIGHT -> code.lshr();
            case AND -> code.land();
            case XOR -> code.lxor();
            case OR -> code.lor();
            default -> throw new IllegalArgumentException("not arithmetic: " + op);
        }
    }

    private static void combineDoubles(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case MULTIPLY -> code.dmul();
            case DIVIDE -> code.ddiv();
            case REMAINDER -> code.drem();
            case ADD -> code.dadd();
            case SUBTRACT -> code.dsub();
            default -> throw new IllegalArgumentException("not arithmetic on doubles: " + op);
        }
    }

    /** Negates the number on the stack. */
    static void negate(CodeBuilder code, Type type) {
        if (type == Type.I32) {
            code.ineg();
        } else if (type == Type.I64) {
            code.lneg();
        } else {
            code.dneg();
        }
    }

    /** Inverts the bits of the whole number on the stack. */
    static void complement(CodeBuilder code, Type type) {
        if (type == Type.I32) {
            code.iconst_m1();
            code.ixor();
        } else {
            code.loadConstant(-1L);
            code.lxor();
        }
    }
}

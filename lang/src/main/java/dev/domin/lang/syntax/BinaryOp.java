package dev.domin.lang.syntax;

/** Operators with two operands, except {@code &&} and {@code ||}. */
public enum BinaryOp {
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%"),
    ADD("+"),
    SUBTRACT("-"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    AND("&"),
    XOR("^"),
    OR("|");

    private final String symbol;

    BinaryOp(String symbol) {
        this.symbol = symbol;
    }

    /** {@return its text in scripts} */
    public String symbol() {
        return symbol;
    }

    /** {@return whether the result is 0 or 1} */
    public boolean isComparison() {
        return this == LESS
                || this == LESS_EQUAL
                || this == GREATER
                || this == GREATER_EQUAL
                || this == EQUAL
                || this == NOT_EQUAL;
    }

    /** {@return whether it shifts} */
    public boolean isShift() {
        return this == SHIFT_LEFT || this == SHIFT_RIGHT;
    }

    /** {@return whether it operates on bits, and so on whole numbers only} */
    public boolean isBitwise() {
        return isShift() || this == AND || this == XOR || this == OR;
    }
}

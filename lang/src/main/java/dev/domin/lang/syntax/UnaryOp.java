package dev.domin.lang.syntax;

/** Operators with one operand. */
public enum UnaryOp {
    PLUS("+"),
    MINUS("-"),
    NOT("!"),
    COMPLEMENT("~");

    private final String symbol;

    UnaryOp(String symbol) {
        this.symbol = symbol;
    }

    /** {@return how it is written} */
    public String symbol() {
        return symbol;
    }
}

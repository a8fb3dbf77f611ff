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

    /** {@return its text in scripts} */
    public String symbol() {
        return symbol;
    }
}

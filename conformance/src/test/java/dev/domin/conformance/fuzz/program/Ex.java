package dev.domin.conformance.fuzz.program;

import dev.domin.conformance.fuzz.program.Machine.Eval;

/**
 * An expression.
 *
 * @param type its type
 * @param level the precedence of its outermost operator
 * @param text as the program writes it
 * @param constant whether it has literals only, so that the compiler may compute it
 * @param eval how to compute its value: an Integer, Long, Double, String (one char for each byte), or byte[]
 */
record Ex(T type, int level, String text, boolean constant, Eval eval) {

    static final int ASSIGNMENT = 1;
    static final int CONDITIONAL = 2;
    static final int OR = 3;
    static final int AND = 4;
    static final int UNARY = 13;
    static final int PRIMARY = 14;

    /** The types of the language. */
    enum T {
        I32("i32"),
        I64("i64"),
        DOUBLE("double"),
        STRING("string"),
        BLOB("blob");

        final String text;

        T(String text) {
            this.text = text;
        }

        boolean isInteger() {
            return this == I32 || this == I64;
        }

        boolean isNumber() {
            return this != STRING && this != BLOB;
        }
    }

    /** {@return the text, in parentheses if its operator binds less than that level} */
    String in(int least) {
        return level < least ? "(" + text + ")" : text;
    }
}

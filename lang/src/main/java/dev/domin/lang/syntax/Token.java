package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;

/** A word, literal or punctuation mark of the script. */
final class Token {

    /** What it is. */
    final TokenKind kind;

    /** Where it begins in the file. */
    final int start;

    /** Where it ends. */
    final int end;

    /** The word, the name of the variable without {@code $}, or the bytes of the string as chars, including 0 bytes. */
    final String text;

    /**
     * The whole number, or the bits of the {@code double}. {@link Long#MIN_VALUE} stands for 9223372036854775808, which
     * is valid only after a minus sign.
     */
    final long value;

    /** Whether it is the first token of its line. */
    final boolean startsLine;

    /**
     * Whether an unterminated literal or comment was reported here, so that errors about missing tokens would be noise.
     */
    final boolean broken;

    Token(TokenKind kind, int start, int end, String text, long value, boolean startsLine, boolean broken) {
        this.kind = kind;
        this.start = start;
        this.end = end;
        this.text = text;
        this.value = value;
        this.startsLine = startsLine;
        this.broken = broken;
    }

    /**
     * Copies this token of a define to the place of a use.
     *
     * @param use the name of the define in the script
     * @param first whether it is the first token of the define
     * @return the token at the place of the use
     */
    Token at(Token use, boolean first) {
        return new Token(kind, use.start, use.end, text, value, first && use.startsLine, false);
    }

    /** {@return its place} */
    Span span() {
        return new Span(start, end);
    }

    /** {@return the value of a {@code double}} */
    double number() {
        return Double.longBitsToDouble(value);
    }

    /**
     * Compares without regard to places.
     *
     * @param other another token
     * @return whether kind, text and value are equal
     */
    boolean isEqual(Token other) {
        return kind == other.kind && text.equals(other.text) && value == other.value;
    }
}

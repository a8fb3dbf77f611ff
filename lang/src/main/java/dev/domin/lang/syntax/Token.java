package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;

/** A word, literal or mark of the script. */
final class Token {

    /** What it is. */
    final TokenKind kind;

    /** Where it begins in the file. */
    final int start;

    /** Where it ends. */
    final int end;

    /** The word, the variable's name without {@code $}, or the string's bytes as chars, 0 bytes among them. */
    final String text;

    /**
     * The whole number, or the bits of the floating one. {@link Long#MIN_VALUE} is the number that is one too large and
     * fits behind a minus only.
     */
    final long value;

    /** Whether it is the first of its line. */
    final boolean startsLine;

    /** Whether it swallowed what follows, or was swallowed, reported already: what is missing there is no news. */
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
     * Copies this token of a define to where the define is used.
     *
     * @param use the name that stands for it
     * @param first whether it is the first of the tokens
     * @return the token at the place of the use
     */
    Token at(Token use, boolean first) {
        return new Token(kind, use.start, use.end, text, value, first && use.startsLine, false);
    }

    /** {@return its place} */
    Span span() {
        return new Span(start, end);
    }

    /** {@return the value of a floating number} */
    double number() {
        return Double.longBitsToDouble(value);
    }

    /**
     * Compares by meaning.
     *
     * @param other another token
     * @return whether both say the same, wherever they stand
     */
    boolean saysTheSame(Token other) {
        return kind == other.kind && text.equals(other.text) && value == other.value;
    }
}

package dev.domin.lang.source;

/**
 * A range of characters of a source file.
 *
 * @param start the index of the first char in the file's text
 * @param end the index after the last
 */
public record Span(int start, int end) {

    /**
     * Joins two spans.
     *
     * @param last the last span
     * @return the span from the start of this one to the end of the other
     */
    public Span to(Span last) {
        return new Span(start, Math.max(end, last.end));
    }
}

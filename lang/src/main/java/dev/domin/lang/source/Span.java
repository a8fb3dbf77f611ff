package dev.domin.lang.source;

/**
 * A run of characters of a source file.
 *
 * @param start the index of the first char in the file's text
 * @param end the index after the last
 */
public record Span(int start, int end) {

    /**
     * Joins two spans.
     *
     * @param last the span to reach to
     * @return from this span's start to the other's end
     */
    public Span to(Span last) {
        return new Span(start, Math.max(end, last.end));
    }
}

package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;

/**
 * A word of the script and its place; the {@code $} of a variable is not part of the text.
 *
 * @param span the place
 * @param text the word
 */
public record Name(Span span, String text) {}

package dev.domin.lang.syntax;

import dev.domin.lang.source.Span;

/**
 * A type in the syntax tree.
 *
 * @param span the place
 * @param text {@code void}, {@code i32}, {@code i64}, {@code double}, {@code string}, {@code blob}, or a word that is
 *     not a type
 */
public record TypeName(Span span, String text) {}

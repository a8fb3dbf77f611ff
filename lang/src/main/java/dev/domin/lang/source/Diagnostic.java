package dev.domin.lang.source;

/**
 * Something wrong with a script, at a place.
 *
 * @param source the file
 * @param span the place
 * @param message what was wanted and what came, one sentence without a full stop
 * @param help the way out; empty for none
 */
public record Diagnostic(SourceFile source, Span span, String message, String help) {}

package dev.domin.lang.source;

/**
 * A line and column.
 *
 * @param line from 1
 * @param column in characters (code points) from 1
 */
public record Position(int line, int column) {}

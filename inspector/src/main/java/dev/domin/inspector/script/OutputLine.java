package dev.domin.inspector.script;

/**
 * A line of output.
 *
 * @param number its number, from 0 on
 * @param epochMicros when it was written, in microseconds since 1970
 * @param stream {@code out} for the script's output, {@code err} for its failures, {@code domin} for messages of the
 *     command
 * @param text the line
 */
public record OutputLine(long number, long epochMicros, String stream, String text) {}

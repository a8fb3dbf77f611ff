package dev.domin.inspector.script;

/**
 * An error or a warning of a script, or a failure of its run.
 *
 * @param line its line, from 1
 * @param column its column, from 1
 * @param length how many characters it marks, at least 1
 * @param message what was expected and what was found
 * @param help the way out; may be empty
 * @param kind {@code error}, {@code warning} or {@code runtime}
 * @param source the text of the line
 * @param rendered the whole message as a terminal shows it, without colours
 */
public record Problem(
        int line, int column, int length, String message, String help, String kind, String source, String rendered) {}

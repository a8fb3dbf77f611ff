package dev.domin.inspector.script;

import java.util.List;

/**
 * The source of a script, as it was read last.
 *
 * @param name the name of its file
 * @param text its text
 * @param problems its errors and warnings, and the failures of its run
 */
public record SourceText(String name, String text, List<Problem> problems) {}

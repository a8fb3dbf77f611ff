package dev.domin.cli.help;

import java.util.List;

/**
 * A part of a page. Texts of paragraphs and descriptions are plain, with code between backticks; labels are lower-case
 * words.
 */
sealed interface Block {

    /**
     * Begins a page.
     *
     * @param text its subject
     */
    record Title(String text) implements Block {}

    /**
     * Begins what is told about a function.
     *
     * @param name the function with its namespace
     * @param signature how it is called, and the kind of its result
     */
    record Function(String name, String signature) implements Block {}

    /**
     * A paragraph.
     *
     * @param label what it is about; empty for the main text
     * @param text its text
     */
    record Paragraph(String label, String text) implements Block {}

    /**
     * Lines to be shown as they are.
     *
     * @param label what they are
     * @param language {@code dom}, {@code output} or {@code text}
     * @param lines the lines, ending in a line break
     */
    record Code(String label, String language, String lines) implements Block {}

    /**
     * A list of things with a description each.
     *
     * @param label what they are
     * @param columns the headings of term, note and text, where they stand in a table
     * @param terms the things
     */
    record Terms(String label, List<String> columns, List<Term> terms) implements Block {}

    /**
     * One thing of a list.
     *
     * @param name its name, or signature, as it stands in scripts
     * @param target where to read more in the pages of Markdown; may be empty
     * @param note its type, how to get at it, or a mark, as a text; may be empty
     * @param text what it is
     */
    record Term(String name, String target, String note, String text) {}
}

package dev.domin.cli.help;

import java.util.List;

/**
 * A part of a page. Texts of paragraphs and descriptions are plain, with code between backticks; labels are lower-case
 * words.
 */
sealed interface Block {

    /**
     * The title of a page.
     *
     * @param text its subject
     */
    record Title(String text) implements Block {}

    /**
     * The heading of a function's section.
     *
     * @param name the function with its namespace
     * @param signature its signature with the type of its result
     */
    record Function(String name, String signature) implements Block {}

    /**
     * A paragraph.
     *
     * @param label its subject; empty for the main text
     * @param text its text
     */
    record Paragraph(String label, String text) implements Block {}

    /**
     * Preformatted lines.
     *
     * @param label the subject of the lines
     * @param language {@code dom}, {@code output} or {@code text}
     * @param lines the lines, ending in a line break
     */
    record Code(String label, String language, String lines) implements Block {}

    /**
     * A list of terms with a description each.
     *
     * @param label the subject of the terms
     * @param columns the headings of term, note and text in a table
     * @param terms the terms
     */
    record Terms(String label, List<String> columns, List<Term> terms) implements Block {}

    /**
     * One term of a list.
     *
     * @param name its name or signature, as written in scripts
     * @param target a link to more information in the Markdown pages; may be empty
     * @param note its type, its directive, or a mark, as a text; may be empty
     * @param text its description
     */
    record Term(String name, String target, String note, String text) {}
}

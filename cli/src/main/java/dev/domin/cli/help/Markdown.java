package dev.domin.cli.help;

import java.util.List;
import java.util.Locale;

/** Renders a page as GitHub's Markdown (tables, fenced blocks, an anchor for each heading). */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    /** {@return the page as Markdown} */
    static String render(List<Block> page) {
        var rendering = new Markdown();
        rendering.text.append(
                "<!-- Written by `domin help --markdown` from the annotations of the plugins: change those. -->\n");
        for (Block block : page) {
            rendering.text.append('\n');
            rendering.append(block);
        }
        return rendering.text.toString();
    }

    /** {@return the target of a link to a heading of the same page} */
    static String anchor(String heading) {
        var anchor = new StringBuilder("#");
        for (char c : heading.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c == ' ') {
                anchor.append('-');
            } else if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
                anchor.append(c);
            }
        }
        return anchor.toString();
    }

    private void append(Block block) {
        switch (block) {
            case Block.Title title ->
                text.append("# ").append(inline(title.text())).append('\n');
            case Block.Function function -> {
                text.append("## ").append(inline(function.name())).append("\n\n");
                appendFenced("text", function.signature() + "\n");
            }
            case Block.Paragraph paragraph -> {
                if (!paragraph.label().isEmpty()) {
                    text.append("**").append(capitalized(paragraph.label())).append(":** ");
                }
                text.append(inline(paragraph.text())).append('\n');
            }
            case Block.Code code -> {
                // An output directly follows the example that prints it, as everywhere in the documentation.
                if (!code.language().equals("output")) {
                    text.append("**").append(capitalized(code.label())).append(":**\n\n");
                }
                appendFenced(code.language(), code.lines());
            }
            case Block.Terms terms -> appendTable(terms);
        }
    }

    private void appendFenced(String language, String lines) {
        text.append("```").append(language).append('\n').append(lines).append("```\n");
    }

    private void appendTable(Block.Terms terms) {
        boolean notes = terms.terms().stream().anyMatch(term -> !term.note().isEmpty());
        var columns = terms.columns();
        text.append("| ").append(columns.get(0)).append(notes ? " | " + columns.get(1) : "");
        text.append(" | ").append(columns.get(2)).append(" |\n");
        text.append(notes ? "|---|---|---|\n" : "|---|---|\n");
        for (var term : terms.terms()) {
            text.append("| ").append(cell(linked(term)));
            if (notes) {
                text.append(" | ").append(cell(inline(term.note())));
            }
            text.append(" | ").append(cell(inline(term.text()))).append(" |\n");
        }
    }

    private static String linked(Block.Term term) {
        return term.target().isEmpty() ? code(term.name()) : "[" + code(term.name()) + "](" + term.target() + ")";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** Escapes bars, which end a cell even inside code. */
    private static String cell(String markdown) {
        return markdown.replace("|", "\\|");
    }

    private static String capitalized(String label) {
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }

    /** Escapes characters that have a meaning in Markdown, except in code between backticks. */
    private static String inline(String plain) {
        var markdown = new StringBuilder();
        int at = 0;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            int end = c == '`' ? plain.indexOf('`', at + 1) : -1;
            if (end > 0) {
                markdown.append(plain, at, end + 1);
                at = end + 1;
                continue;
            }
            if ("\\`*_<[]".indexOf(c) >= 0 && !(c == '_' && isInsideWord(plain, at))) {
                markdown.append('\\');
            }
            markdown.append(c);
            at++;
        }
        return markdown.toString();
    }

    private static boolean isInsideWord(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }
}

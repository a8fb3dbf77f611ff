package dev.domin.cli.help;

import java.util.List;

/** Renders a page for the terminal. */
final class PlainText {

    private static final int WIDTH = 88;

    private final StringBuilder text = new StringBuilder();

    private PlainText() {}

    /** {@return the page as lines of text} */
    static String render(List<Block> page) {
        var rendering = new PlainText();
        for (Block block : page) {
            if (!rendering.text.isEmpty()) {
                rendering.text.append('\n');
            }
            rendering.append(block);
        }
        return rendering.text.toString();
    }

    private void append(Block block) {
        switch (block) {
            case Block.Title title -> appendHeading(title.text());
            case Block.Function function -> appendHeading(function.signature());
            case Block.Paragraph paragraph -> {
                appendLabel(paragraph.label());
                appendWrapped(paragraph.text(), paragraph.label().isEmpty() ? "" : "  ");
            }
            case Block.Code code -> {
                appendLabel(code.label());
                code.lines()
                        .lines()
                        .forEach(line ->
                                text.append(line.isEmpty() ? "" : "  " + line).append('\n'));
            }
            case Block.Terms terms -> {
                appendLabel(terms.label());
                for (var term : terms.terms()) {
                    text.append("  ").append(term.name());
                    if (!term.note().isEmpty()) {
                        text.append("  (").append(term.note().replace("`", "")).append(')');
                    }
                    text.append('\n');
                    appendWrapped(term.text(), "      ");
                }
            }
        }
    }

    private void appendHeading(String heading) {
        text.append(heading).append('\n');
    }

    private void appendLabel(String label) {
        if (!label.isEmpty()) {
            text.append(label).append(":\n");
        }
    }

    private void appendWrapped(String paragraph, String indent) {
        int column = 0;
        for (String word : paragraph.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            if (column == 0) {
                text.append(indent);
                column = indent.length();
            } else {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }
}

package dev.domin.bench.table;

import java.util.List;
import java.util.Locale;

/** Draws the bars of all rows, one panel for each row, with its own scale. */
final class Chart {

    private static final int WIDTH = 760;
    private static final int LABELS = 200;
    private static final int VALUES = 170;
    private static final int BAR = 18;
    private static final int STEP = 24;

    private Chart() {}

    static String svg(List<Section> sections) {
        var body = new StringBuilder();
        int y = 10;
        for (var section : sections) {
            if (section.bars.isEmpty()) {
                continue;
            }
            y += 22;
            text(body, 10, y, "title", section.title + " (" + section.unit() + ")");
            y += 10;
            double most =
                    section.bars.stream().mapToDouble(Section.Bar::value).max().orElse(1);
            for (var bar : section.bars) {
                double length = Math.max(1, (WIDTH - LABELS - VALUES) * bar.value() / most);
                boolean ours = bar.label().startsWith("domin");
                text(body, LABELS - 8, y + 13, "label", bar.label());
                body.append(String.format(
                        Locale.ROOT,
                        "  <rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                        LABELS,
                        y,
                        length,
                        BAR,
                        ours ? "ours" : "theirs"));
                text(body, (int) (LABELS + length + 6), y + 13, "value", bar.text());
                y += STEP;
            }
        }
        int height = y + 10;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                  <style>
                    text { font: 12px sans-serif; fill: #333; }
                    .title { font-weight: bold; }
                    .label { text-anchor: end; }
                    .ours { fill: #1f6f4a; }
                    .theirs { fill: #a9b4bd; }
                  </style>
                  <rect width="%1$d" height="%2$d" fill="#fff"/>
                """.formatted(WIDTH, height) + body + "</svg>\n";
    }

    private static void text(StringBuilder body, int x, int y, String kind, String text) {
        body.append("  <text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" class=\"")
                .append(kind)
                .append("\">");
        body.append(text.replace("`", "").replace("&", "&amp;").replace("<", "&lt;"))
                .append("</text>\n");
    }
}

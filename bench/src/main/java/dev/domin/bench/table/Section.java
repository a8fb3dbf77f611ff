package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.List;

/** The results of one row: its lines in the table at the top, its own table with all peers, and its bars. */
final class Section {

    /** A bar of the chart. */
    record Bar(String label, double value, String text) {}

    final String title;
    final String method;
    final List<String> header;
    final List<List<String>> lines = new ArrayList<>();
    final List<Bar> bars = new ArrayList<>();
    final List<String> limits = new ArrayList<>();
    final List<String> summary = new ArrayList<>();
    final List<Comparison> comparisons = new ArrayList<>();
    private String unit = "ms, less is better";

    Section(String title, String method, String... header) {
        this.title = title;
        this.method = method;
        this.header = List.of(header);
    }

    void line(String... cells) {
        lines.add(List.of(cells));
    }

    void bar(String label, Spread value, int decimals) {
        bars.add(new Bar(label, value.median(), value.text(decimals)));
    }

    /** Sets the unit of the bars; the default is milliseconds. */
    void unit(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** Adds a ratio to the limit. These come first in the table at the top. */
    void limit(String work, String target, String measured) {
        limits.add(summaryLine(work, target, measured));
    }

    /** Adds another line to the table at the top. */
    void summarize(String work, String target, String measured) {
        summary.add(summaryLine(work, target, measured));
    }

    /** Adds a comparison with the other build, if any, of the results under this label. */
    void compare(String work, Results results, String label, Metric... metrics) {
        var old = Peers.old(label);
        if (!results.has(label) || !results.has(old)) {
            return;
        }
        for (var metric : metrics) {
            comparisons.add(new Comparison(work, metric, results.values(old, metric), results.values(label, metric)));
        }
    }

    private static String summaryLine(String work, String target, String measured) {
        return "| " + work + " | " + target + " | " + measured + " |";
    }
}

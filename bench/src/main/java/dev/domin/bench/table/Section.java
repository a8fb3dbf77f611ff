package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.List;

/** What one row of the table has brought: its line in the summary, its own table with all peers, and its bars. */
final class Section {

    /** A bar of the chart. */
    record Bar(String label, double value, String text) {}

    final String title;
    final String method;
    final List<String> header;
    final List<List<String>> lines = new ArrayList<>();
    final List<Bar> bars = new ArrayList<>();
    final List<String> summary = new ArrayList<>();

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

    /** Adds a line to the table at the top. */
    void summarize(String work, String target, String measured) {
        summary.add("| " + work + " | " + target + " | " + measured + " |");
    }
}

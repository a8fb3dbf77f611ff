package dev.domin.cli.inspect;

import dev.domin.inspector.script.OutputLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last lines of output. Safe for use by several threads. */
final class OutputRing {

    private static final int KEPT = 5_000;
    private static final int MAX_READ = 1_000;

    /** Longer lines are split, so that the ring cannot take more than some megabytes. */
    private static final int MAX_LENGTH = 2_000;

    private final ArrayDeque<OutputLine> lines = new ArrayDeque<>();
    private long next;

    /** Adds lines. */
    void add(String stream, String text) {
        var now = Instant.now();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        for (String line : text.split("\n", -1)) {
            for (int start = 0; start == 0 || start < line.length(); start += MAX_LENGTH) {
                addOne(micros, stream, line.substring(start, Math.min(line.length(), start + MAX_LENGTH)));
            }
        }
    }

    private synchronized void addOne(long micros, String stream, String line) {
        lines.add(new OutputLine(next++, micros, stream, line));
        if (lines.size() > KEPT) {
            lines.remove();
        }
    }

    synchronized List<OutputLine> read(long after) {
        var found = new ArrayList<OutputLine>();
        long skipped = lines.isEmpty() ? 0 : Math.max(0, after - lines.peek().number());
        for (var line : lines) {
            if (skipped-- <= 0) {
                found.add(line);
                if (found.size() == MAX_READ) {
                    break;
                }
            }
        }
        return found;
    }

    synchronized long next() {
        return next;
    }
}

package dev.domin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failure shows: the packets, the nearest miss, the faults, and the errors of the server. */
final class JournalReport {

    /** How many packets a failure shows. */
    private static final int SHOWN = 40;

    private static final double NEAR = 0.2;

    /** How many unmatched packets a report looks at, and how many reasons it shows. */
    private static final int LOOKED_AT = 10;

    private static final int REASONS = 3;

    private final List<Packet> packets;
    private final boolean off;
    private final long forgotten;
    private final ReportSources sources;

    JournalReport(List<Packet> packets, boolean off, long forgotten, ReportSources sources) {
        this.packets = packets;
        this.off = off;
        this.forgotten = forgotten;
        this.sources = sources;
    }

    AssertionError failure(String headline, @Nullable Match missed) {
        StringBuilder out = new StringBuilder(headline).append('\n');
        if (missed != null) {
            appendNearest(out, missed);
        }
        append(out, SHOWN, "");
        return new AssertionError(out.toString().stripTrailing());
    }

    /** {@return a failure for packets that nothing took} */
    AssertionError unexpected(long count, Packet first) {
        StringBuilder out = new StringBuilder(headline(count, first));
        append(out, SHOWN, why(first));
        return new AssertionError(out.toString().stripTrailing());
    }

    /** {@return which packet was not expected, and why nothing took it} */
    String headline(long count, Packet first) {
        return count + (count == 1 ? " packet was" : " packets were") + " not expected: " + first + '\n'
                + why(first).indent(2);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        append(out, Integer.MAX_VALUE, "");
        return out.toString();
    }

    private void appendNearest(StringBuilder out, Match missed) {
        Packet nearest = null;
        Packet latest = null;
        boolean none = true;
        double best = NEAR;
        for (Packet packet : packets) {
            if (packet.direction() == Direction.IN && !packet.isDuplicate()) {
                double nearness = missed.nearness(packet);
                none &= nearness < 1;
                latest = packet;
                if (nearness > best && nearness < 1) {
                    best = nearness;
                    nearest = packet;
                }
            }
        }
        if (nearest != null) {
            out.append("\nnearest miss: in ").append(nearest.number()).append('\n');
            out.append(missed.explain(nearest).indent(2));
        } else if (latest != null && none) {
            out.append("\nnone is near; the latest is in ")
                    .append(latest.number())
                    .append('\n');
            out.append(missed.explain(latest).indent(2));
        }
    }

    /** {@return why no stub took a packet; empty if it was taken or there are no stubs} */
    private String why(Packet packet) {
        Miss miss = packet.miss();
        if (miss == null) {
            return "";
        }
        String got = Arrays.equals(packet.bytes(), miss.packet().bytes())
                ? ""
                : "the server got " + Hex.excerpt(miss.packet().bytes()) + "\n";
        try {
            return got + sources.explain(miss);
        } catch (RuntimeException | AssertionError e) { // of a match that was added later
            return got + "a match has failed: " + e;
        }
    }

    /** Appends the stubs nearest to the latest unmatched packets, each reason once. */
    private void appendUnmatched(StringBuilder out, String known) {
        Map<String, Packet> reasons = new LinkedHashMap<>();
        int left = LOOKED_AT;
        for (int i = packets.size() - 1; i >= 0 && left > 0 && reasons.size() < REASONS; i--) {
            Packet packet = packets.get(i);
            if (packet.miss() != null) {
                left--;
                String why = why(packet);
                if (!why.equals(known)) {
                    reasons.putIfAbsent(why, packet);
                }
            }
        }
        List<Map.Entry<String, Packet>> shown = new ArrayList<>(reasons.entrySet());
        Collections.reverse(shown);
        for (Map.Entry<String, Packet> each : shown) {
            out.append("\nunmatched: in ").append(each.getValue().number()).append('\n');
            out.append(each.getKey().indent(2));
        }
    }

    private void append(StringBuilder out, int most, String known) {
        if (off) {
            out.append("\nno packets are kept: the journal is off (keep(0, ...))\n");
        } else if (packets.isEmpty()) {
            out.append(
                    forgotten == 0
                            ? "\nno packet came or was sent\n"
                            : "\nall packets were forgotten, " + forgotten + "\n");
        } else {
            out.append("\npackets:\n");
            int from = Math.max(0, packets.size() - most);
            if (forgotten + from > 0) {
                out.append("  (").append(forgotten + from).append(" earlier packets not shown");
                out.append(forgotten > 0 ? ", " + forgotten + " of them forgotten)\n" : ")\n");
            }
            for (Packet packet : packets.subList(from, packets.size())) {
                appendRow(out, packet);
            }
        }
        appendUnmatched(out, known);
        if (packets.isEmpty() && sources.isClosed()) {
            out.append("\nthe server is closed\n");
        }
        String faults = sources.faults();
        if (!faults.isEmpty()) {
            out.append("\nfaults: ").append(faults).append('\n');
        }
        List<String> errors = sources.errors();
        if (!errors.isEmpty()) {
            out.append("\nerrors:\n");
            errors.forEach(error -> out.append(error.stripTrailing().indent(2)));
        }
    }

    private void appendRow(StringBuilder out, Packet packet) {
        Duration since = Duration.between(packets.get(0).time(), packet.time());
        out.append(String.format(
                Locale.ROOT,
                "  %-3s %3d%s %+10.6f s  %-21s %5d B  %s",
                packet.direction().label(),
                packet.number(),
                packet.isDuplicate() ? "'" : " ",
                since.toNanos() / 1e9,
                Addresses.text(packet.peer()),
                packet.length(),
                packet.fate().label()));
        if (!packet.handledBy().isEmpty()) {
            out.append(" by ").append(packet.handledBy());
        }
        if (packet.isUnmatched()) {
            out.append(", unmatched");
        }
        if (packet.answerTo() > 0) {
            out.append(", answers ").append(packet.answerTo());
        }
        if (!packet.reason().isEmpty() && !packet.faults().contains(packet.reason())) {
            out.append(": ").append(packet.reason());
        }
        packet.faults().forEach(fault -> out.append("; ").append(fault));
        out.append("  ").append(Hex.excerpt(packet.bytes())).append('\n');
    }
}

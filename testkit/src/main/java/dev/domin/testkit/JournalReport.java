package dev.domin.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a failure shows: the packets, the nearest miss, the faults, and the errors of the server. */
final class JournalReport {

    /** How many packets a failure shows. */
    private static final int SHOWN = 40;

    private static final double NEAR = 0.2;

    private final List<Packet> packets;
    private final long forgotten;
    private final String faults;
    private final List<String> errors;

    JournalReport(List<Packet> packets, long forgotten, String faults, List<String> errors) {
        this.packets = packets;
        this.forgotten = forgotten;
        this.faults = faults;
        this.errors = errors;
    }

    AssertionError failure(String headline, @Nullable Match missed) {
        StringBuilder out = new StringBuilder(headline).append('\n');
        if (missed != null) {
            appendNearest(out, missed);
        }
        append(out, SHOWN);
        return new AssertionError(out.toString().stripTrailing());
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        append(out, Integer.MAX_VALUE);
        return out.toString();
    }

    private void appendNearest(StringBuilder out, Match missed) {
        Packet nearest = null;
        double best = NEAR;
        for (Packet packet : packets) {
            if (packet.direction() == Direction.IN && !packet.isDuplicate()) {
                double nearness = missed.nearness(packet);
                if (nearness > best && nearness < 1) {
                    best = nearness;
                    nearest = packet;
                }
            }
        }
        if (nearest != null) {
            out.append("\nnearest miss: in ").append(nearest.number()).append('\n');
            out.append(missed.explain(nearest).indent(2));
        }
    }

    private void append(StringBuilder out, int most) {
        if (packets.isEmpty()) {
            out.append("\nno packet came or was sent\n");
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
        if (!faults.isEmpty()) {
            out.append("\nfaults: ").append(faults).append('\n');
        }
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

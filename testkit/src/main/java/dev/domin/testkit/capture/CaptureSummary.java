package dev.domin.testkit.capture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a reader has read until now, and what it has left out. Every packet is counted once: {@code packets =
 * datagrams + joinedFragments + skippedPackets()}.
 *
 * @param format {@code pcapng} or {@code pcap}
 * @param packets the packets of any kind
 * @param datagrams the UDP datagrams that were returned
 * @param joinedFragments the packets that were fragments of a returned datagram, without the one that completed it
 * @param skipped the packets that were left out, by the reason in words, the most frequent first
 * @param unknownBlocks parts of the file that are of an unknown kind, and were ignored
 * @param truncated whether the file ends in the middle of a packet, as it does when the program that wrote it was
 *     killed or is still writing; all complete packets were read
 */
public record CaptureSummary(
        String format,
        long packets,
        long datagrams,
        long joinedFragments,
        Map<String, Long> skipped,
        long unknownBlocks,
        boolean truncated) {

    /** Creates a summary with a copy of the map. */
    public CaptureSummary {
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }

    /** {@return how many packets were left out} */
    public long skippedPackets() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * {@return the summary in words, such as {@code pcapng: 12 packets, 9 UDP datagrams; left out: 3 not UDP: TCP}}
     */
    public String describe() {
        var text = new StringBuilder(format)
                .append(": ")
                .append(count(packets, "packet"))
                .append(", ")
                .append(count(datagrams, "UDP datagram"));
        if (joinedFragments > 0) {
            text.append(", ").append(count(joinedFragments, "further fragment")).append(" joined to them");
        }
        if (!skipped.isEmpty()) {
            text.append("; left out: ")
                    .append(skipped.entrySet().stream()
                            .map(each -> number(each.getValue()) + " " + each.getKey())
                            .collect(Collectors.joining(", ")));
        }
        if (unknownBlocks > 0) {
            text.append("; ignored ").append(count(unknownBlocks, "block")).append(" of unknown kinds");
        }
        return text.append(truncated ? "; the file ends in the middle of a packet" : "")
                .toString();
    }

    private static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

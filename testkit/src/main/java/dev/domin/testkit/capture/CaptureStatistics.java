package dev.domin.testkit.capture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a capture contains: how many datagrams and bytes, from where to where.
 *
 * @param summary what was read and what was left out
 * @param total all datagrams; empty if there is none
 * @param flows the datagrams by source and destination, the most frequent first; at most {@value #MAX_FLOWS}, those
 *     that came first in the file
 * @param others the datagrams of further flows; empty if there is none
 */
public record CaptureStatistics(
        CaptureSummary summary, Optional<Traffic> total, List<Flow> flows, Optional<Traffic> others) {

    /** The most flows that are counted separately. */
    public static final int MAX_FLOWS = 10_000;

    /**
     * The datagrams from one address to another one.
     *
     * @param source the sender
     * @param destination the receiver
     * @param traffic how many and how long they are
     */
    public record Flow(InetSocketAddress source, InetSocketAddress destination, Traffic traffic) {

        /** {@return the addresses, such as {@code 127.0.0.1:40000 > 127.0.0.1:53}} */
        public String addresses() {
            return Addresses.text(source) + " > " + Addresses.text(destination);
        }
    }

    /**
     * Number and sizes of some datagrams, at least one.
     *
     * @param datagrams how many there are
     * @param bytes the sum of the lengths of their payloads on the network
     * @param shortest the length of the shortest payload
     * @param longest the length of the longest one
     * @param first the earliest time
     * @param last the latest time
     */
    public record Traffic(long datagrams, long bytes, int shortest, int longest, Instant first, Instant last) {

        /** {@return the time between the first and the last datagram} */
        public Duration duration() {
            return Duration.between(first, last);
        }
    }

    /** Creates statistics with a copy of the list. */
    public CaptureStatistics {
        flows = List.copyOf(flows);
    }

    /**
     * Reads a file.
     *
     * @param file a capture of any size
     * @return its statistics
     * @throws CaptureFormatException if it is not a capture, or damaged
     * @throws IOException if it cannot be read
     */
    public static CaptureStatistics of(Path file) throws IOException {
        try (var reader = CaptureReader.open(file)) {
            return of(reader);
        }
    }

    /**
     * Reads the rest of a capture.
     *
     * @param reader a reader, which is not closed
     * @return the statistics of the datagrams that it had not returned before
     * @throws CaptureFormatException if the file is damaged
     * @throws IOException if it cannot be read
     */
    public static CaptureStatistics of(CaptureReader reader) throws IOException {
        var total = new Counter();
        var others = new Counter();
        var flows = new HashMap<Addressing, Counter>();
        for (var next = reader.read(); next != null; next = reader.read()) {
            total.add(next);
            var key = new Addressing(next.source(), next.destination());
            var flow = flows.get(key);
            if (flow == null) {
                flow = flows.size() < MAX_FLOWS ? new Counter() : others;
                if (flow != others) {
                    flows.put(key, flow);
                }
            }
            flow.add(next);
        }
        var list = new ArrayList<Flow>();
        flows.forEach((key, counter) ->
                counter.traffic().ifPresent(each -> list.add(new Flow(key.source, key.destination, each))));
        list.sort(Comparator.comparingLong((Flow flow) -> flow.traffic.datagrams)
                .reversed()
                .thenComparing(flow -> flow.traffic.first)
                .thenComparing(Flow::addresses));
        return new CaptureStatistics(reader.summary(), total.traffic(), list, others.traffic());
    }

    private record Addressing(InetSocketAddress source, InetSocketAddress destination) {}

    private static final class Counter {

        private long datagrams;
        private long bytes;
        private int shortest = Integer.MAX_VALUE;
        private int longest;
        private @Nullable Instant first;
        private @Nullable Instant last;

        void add(CapturedDatagram datagram) {
            datagrams++;
            bytes += datagram.length();
            shortest = Math.min(shortest, datagram.length());
            longest = Math.max(longest, datagram.length());
            var time = datagram.time();
            first = first == null || time.isBefore(first) ? time : first;
            last = last == null || time.isAfter(last) ? time : last;
        }

        Optional<Traffic> traffic() {
            return first == null || last == null
                    ? Optional.empty()
                    : Optional.of(new Traffic(datagrams, bytes, shortest, longest, first, last));
        }
    }
}

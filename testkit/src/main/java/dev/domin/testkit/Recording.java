package dev.domin.testkit;

import dev.domin.testkit.capture.CaptureReader;
import dev.domin.testkit.capture.CaptureSummary;
import dev.domin.testkit.capture.CapturedDatagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of clients with one server, from a capture. Immutable: each method that changes how it is replayed
 * returns a new one.
 *
 * <pre>{@code
 * var recording = Recording.read(Path.of("dns.pcapng")).ignoring(bytes(0, 2)); // the id of a query varies
 * try (var server = UdpServer.replaying(recording).start()) { ... }
 * }</pre>
 *
 * <p>The server is who got the first datagram of the capture, unless {@link #ofServer} says otherwise. The answers to a
 * request are what the server sent to the same client until that one's next request. Datagrams that were lost by an
 * injected fault, as a recording of this kit notes it, are left out.
 *
 * <p>A recording of this kit has what the clients sent and what the server wanted to send, not what the other side got:
 * a datagram that a fault has changed, cut off, delayed or duplicated is there once, as it was before, with the fault
 * in its comment. A capture of tcpdump or Wireshark has what was on the line.
 */
public final class Recording {

    private static final String LOST = "fate: fault";

    /**
     * A request with its answers.
     *
     * @param time when the request was sent
     * @param client who sent it
     * @param request its bytes
     * @param answers the datagrams that followed
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares exchanges; see Mask
    public record Exchange(Instant time, InetSocketAddress client, byte[] request, List<Answer> answers) {}

    /**
     * A datagram from the server.
     *
     * @param delay how long after the request
     * @param payload its bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(Duration delay, byte[] payload) {}

    private final List<CapturedDatagram> datagrams;
    private final String leftOut;
    private final @Nullable InetSocketAddress server; // null: there are no datagrams
    private final Mask mask;
    private final boolean inOrder;
    private final boolean timed;

    private Recording(
            List<CapturedDatagram> datagrams,
            String leftOut,
            @Nullable InetSocketAddress server,
            Mask mask,
            boolean inOrder,
            boolean timed) {
        this.datagrams = datagrams;
        this.leftOut = leftOut;
        this.server = server;
        this.mask = mask;
        this.inOrder = inOrder;
        this.timed = timed;
    }

    /**
     * Reads a capture, pcapng or pcap, as a whole.
     *
     * @param file the file
     * @return the recording
     * @throws dev.domin.testkit.capture.CaptureFormatException if it is no capture, or damaged
     * @throws IOException if it cannot be read
     */
    public static Recording read(Path file) throws IOException {
        List<CapturedDatagram> datagrams = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                if (!next.get().comment().orElse("").startsWith(LOST)) {
                    datagrams.add(next.get());
                }
            }
            // This kit writes a request when its fate is known, which may be behind what the server sends meanwhile.
            datagrams.sort(Comparator.comparing(CapturedDatagram::time));
            InetSocketAddress server =
                    datagrams.isEmpty() ? null : datagrams.get(0).destination();
            return new Recording(datagrams, leftOut(reader.summary()), server, new Mask(), false, false);
        }
    }

    private static String leftOut(CaptureSummary summary) {
        boolean all = summary.skippedPackets() == 0 && summary.unknownBlocks() == 0 && !summary.truncated();
        return all ? "" : summary.describe();
    }

    /**
     * Names the server.
     *
     * @param port its port; the first datagram to that port decides its address
     * @return the recording
     * @throws IllegalArgumentException if no datagram was sent to the port
     */
    public Recording ofServer(int port) {
        for (CapturedDatagram datagram : datagrams) {
            if (datagram.destination().getPort() == port) {
                return new Recording(datagrams, leftOut, datagram.destination(), mask, inOrder, timed);
            }
        }
        throw new IllegalArgumentException(
                "no datagram of the recording was sent to port " + port + "; they were sent to "
                        + datagrams.stream()
                                .map(each -> each.destination().getPort())
                                .distinct()
                                .limit(20)
                                .toList());
    }

    /**
     * Names fields that vary. They are not compared; from a request they are copied to the same place of its answers.
     *
     * @param ranges the fields
     * @return the recording
     */
    public Recording ignoring(ByteRange... ranges) {
        return new Recording(datagrams, leftOut, server, mask.with(ranges), inOrder, timed);
    }

    /**
     * Answers the first packet as the first request, the second as the second, and so on, whatever they are. By default
     * a packet is answered as a request with the same bytes; if there were several, as the first, the second, and so
     * on, and in the end as the last of these.
     *
     * @return the recording
     */
    public Recording inOrder() {
        return new Recording(datagrams, leftOut, server, mask, true, timed);
    }

    /**
     * Sends answers as long after the packet as in the recording; by default at once.
     *
     * @return the recording
     */
    public Recording timed() {
        return new Recording(datagrams, leftOut, server, mask, inOrder, true);
    }

    /** {@return how many datagrams there are, from and to all} */
    public int size() {
        return datagrams.size();
    }

    /** {@return what of the capture could not be read, in words; empty if all was read} */
    public String leftOut() {
        return leftOut;
    }

    /** {@return the requests to the server with their answers, in the order of the requests} */
    public List<Exchange> exchanges() {
        List<Exchange> all = new ArrayList<>();
        Map<InetSocketAddress, Exchange> last = new HashMap<>(); // by client
        for (CapturedDatagram datagram : datagrams) {
            if (datagram.destination().equals(server)) {
                Exchange exchange =
                        new Exchange(datagram.time(), datagram.source(), datagram.payload(), new ArrayList<>());
                all.add(exchange);
                last.put(datagram.source(), exchange);
            } else if (datagram.source().equals(server)) {
                Exchange exchange = last.get(datagram.destination());
                if (exchange != null) {
                    Duration delay = Duration.between(exchange.time(), datagram.time());
                    exchange.answers().add(new Answer(delay.isNegative() ? Duration.ZERO : delay, datagram.payload()));
                }
            }
        }
        return all;
    }

    Mask mask() {
        return mask;
    }

    void addTo(Stubs stubs) {
        List<Exchange> exchanges = exchanges();
        if (exchanges.isEmpty()) {
            return;
        }
        if (inOrder) {
            Match any = Match.that("request of the recording, in order", packet -> true);
            var turns = new Stub.InTurn(exchanges.stream().map(this::reply).toArray(Reply[]::new));
            stubs.add(new Stub(any, "", null, null, exchanges.size(), mask.apply(turns)));
            return;
        }
        Map<String, List<Reply>> replies = new HashMap<>();
        Map<String, byte[]> requests = new LinkedHashMap<>();
        for (Exchange exchange : exchanges) {
            String key = mask.key(exchange.request());
            requests.putIfAbsent(key, exchange.request());
            replies.computeIfAbsent(key, any -> new ArrayList<>()).add(reply(exchange));
        }
        var recorded = new RecordedRequests(mask, replies, requests);
        stubs.add(new Stub(new Match(recorded), "", null, null, Integer.MAX_VALUE, mask.apply(recorded)));
    }

    private Reply reply(Exchange exchange) {
        return Reply.several(exchange.answers().stream()
                .map(answer -> {
                    Reply reply = Reply.bytes(answer.payload());
                    return timed ? reply.after(answer.delay()) : reply;
                })
                .toArray(Reply[]::new));
    }

    /** {@return server and number of requests} */
    @Override
    public String toString() {
        return server == null
                ? "a recording without datagrams"
                : "recording of " + exchanges().size() + (exchanges().size() == 1 ? " request to " : " requests to ")
                        + Addresses.text(server);
    }
}

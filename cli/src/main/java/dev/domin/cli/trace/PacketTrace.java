package dev.domin.cli.trace;

import dev.domin.lang.source.MessageText;
import dev.domin.udp.Datagram;
import dev.domin.udp.Fate;
import dev.domin.udp.UdpObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line for each packet of an endpoint, when its fate is known and its answer, if any, has been sent. Safe
 * for use by several threads.
 */
final class PacketTrace implements UdpObserver {

    /** How many packets may wait for their answer to be sent; one whose answer the socket refused is not notified. */
    private static final int MAX_WAITING = 256;

    private final String endpoint;
    private final Consumer<String> out;
    private final Clock clock;
    private final Consumer<PacketTrace> atEnd;
    private final Map<Long, Arrival> waiting = new HashMap<>(); // guarded by itself

    /** A packet whose line is not written yet. */
    private static final class Arrival {
        final String time;
        final long nanos = System.nanoTime();
        final InetSocketAddress sender;
        final int length;
        final String start;
        long tookNanos;

        @Nullable
        Fate fate;

        Arrival(String time, Datagram packet) {
            this.time = time;
            this.sender = packet.sender();
            this.length = packet.length();
            this.start = PayloadText.start(packet.array(), packet.offset(), packet.length());
        }
    }

    /**
     * Creates a trace.
     *
     * @param endpoint what the endpoint is called in each line
     * @param out takes the lines, without line break
     * @param clock the time of day
     * @param atEnd called when the endpoint has terminated
     */
    PacketTrace(String endpoint, Consumer<String> out, Clock clock, Consumer<PacketTrace> atEnd) {
        this.endpoint = MessageText.escape(endpoint);
        this.out = out;
        this.clock = clock;
        this.atEnd = atEnd;
    }

    @Override
    public void received(long number, long arrival, Datagram packet) {
        var shown = new Arrival(TraceTime.of(clock.instant()), packet);
        synchronized (waiting) {
            waiting.put(number, shown);
        }
    }

    @Override
    public void decided(long number, Fate fate) {
        Arrival arrival;
        Arrival given = null;
        synchronized (waiting) {
            arrival = waiting.get(number);
            if (arrival == null) {
                return;
            }
            arrival.fate = fate;
            arrival.tookNanos = System.nanoTime() - arrival.nanos;
            if (fate == Fate.HANDLED) { // the answer is sent next
                given = waiting.size() > MAX_WAITING ? oldestDecided() : null;
            } else {
                waiting.remove(number);
            }
        }
        if (fate != Fate.HANDLED) {
            write(arrival, "no answer");
        }
        if (given != null) {
            write(given, "answer not sent");
        }
    }

    private @Nullable Arrival oldestDecided() {
        long oldest = Long.MAX_VALUE;
        for (var entry : waiting.entrySet()) {
            if (entry.getValue().fate != null && entry.getKey() < oldest) {
                oldest = entry.getKey();
            }
        }
        return waiting.remove(oldest);
    }

    @Override
    public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        Arrival arrival;
        synchronized (waiting) {
            arrival = waiting.remove(number);
        }
        String answer = length + " B " + PayloadText.start(bytes, offset, length);
        if (arrival == null) {
            out.accept(TraceTime.of(clock.instant()) + " " + endpoint + " > " + text(to) + " sent, " + answer);
        } else {
            write(arrival, "answer " + answer);
        }
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        out.accept(TraceTime.of(clock.instant()) + " " + endpoint + " > " + text(to) + " refused: "
                + MessageText.escape(String.valueOf(problem.getMessage())));
    }

    @Override
    public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        out.accept(TraceTime.of(clock.instant()) + " " + endpoint + " > " + text(to) + " not sent: "
                + MessageText.escape(reason) + ", " + length + " B " + PayloadText.start(bytes, offset, length));
    }

    @Override
    public void closed() {
        close();
        atEnd.accept(this);
    }

    /** Writes the lines of packets whose answers were not sent. */
    void close() {
        Arrival[] left;
        synchronized (waiting) {
            left = waiting.values().toArray(Arrival[]::new);
            waiting.clear();
        }
        Arrays.sort(left, (a, b) -> Long.compare(a.nanos, b.nanos));
        for (var arrival : left) {
            write(arrival, "answer not sent");
        }
    }

    private void write(Arrival arrival, String answer) {
        var fate = arrival.fate;
        out.accept(arrival.time + " " + endpoint + " < " + text(arrival.sender) + " "
                + (fate == null ? "undecided" : fate.label()) + " in " + milliseconds(arrival.tookNanos) + ", "
                + arrival.length + " B " + arrival.start + ", " + answer);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String milliseconds(long nanos) {
        long micros = nanos / 1_000;
        return micros / 1_000 + "." + Long.toString(1_000 + micros % 1_000).substring(1) + " ms";
    }
}

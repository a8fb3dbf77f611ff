package dev.domin.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One client of a recording: sends its requests, and collects the answers. For one thread. */
final class ReplayedClient {

    private static final long FULL_NANOS = 100_000; // between attempts while the system's buffer is full

    private final InetSocketAddress original;
    private final List<byte[]> expected = new ArrayList<>();
    private final List<byte[]> came = new ArrayList<>();
    private int requests; // that are still to be sent
    private @Nullable DatagramChannel channel; // null: not open
    private long lastSent;
    private long lastCame;

    ReplayedClient(InetSocketAddress original) {
        this.original = original;
    }

    /** Adds a request that this is going to send. */
    void expect(Recording.Exchange exchange) {
        requests++;
        exchange.answers().forEach(answer -> expected.add(answer.payload()));
    }

    boolean isOpen() {
        return channel != null;
    }

    boolean hasSentAll() {
        return requests == 0;
    }

    void open(Selector selector, InetSocketAddress server) throws IOException {
        InetAddress address = server.getAddress();
        DatagramChannel opened = DatagramChannel.open();
        channel = opened;
        opened.bind(new InetSocketAddress(address != null && address.isLoopbackAddress() ? address : null, 0));
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
    }

    void send(byte[] request, InetSocketAddress server) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(request);
        try {
            while (channel != null && channel.send(source, server) == 0 && source.hasRemaining()) {
                LockSupport.parkNanos(this, FULL_NANOS);
            }
        } catch (PortUnreachableException e) {
            // As with a server that does not answer.
        }
        requests--;
        lastSent = System.nanoTime();
        lastCame = lastSent;
    }

    /** Receives what has come. */
    void receive(ByteBuffer buffer, InetSocketAddress server) throws IOException {
        while (channel != null) {
            buffer.clear();
            Object sender;
            try {
                sender = channel.receive(buffer);
            } catch (PortUnreachableException e) {
                continue;
            }
            if (sender == null) {
                return;
            }
            if (sender.equals(server)) {
                byte[] payload = new byte[buffer.flip().remaining()];
                buffer.get(payload);
                came.add(payload);
                lastCame = System.nanoTime();
            }
        }
    }

    /**
     * {@return when no answer is waited for any more, once all requests are sent: when the waiting time is over, or
     * before that, if all recorded answers have come, when nothing has come for the quiet time}
     */
    long end(long waiting, long quiet) {
        long latest = lastSent + waiting;
        return came.size() < expected.size() || lastCame + quiet - latest > 0 ? latest : lastCame + quiet;
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /**
     * Compares the answers.
     *
     * @return how many are the same
     */
    int compare(Mask mask, List<String> differences) {
        int same = 0;
        String name = "client " + Addresses.text(original) + ", answer ";
        for (Alignment.Pair pair : Alignment.of(expected, came, mask)) {
            byte[] wanted = pair.expected();
            byte[] payload = pair.came();
            if (pair.same()) {
                same++;
            } else if (wanted != null && payload != null) {
                differences.add(name + pair.place() + " differs\n" + explain(mask, wanted, payload));
            } else if (wanted != null) {
                differences.add(name + pair.place() + " is missing: " + Hex.excerpt(wanted));
            } else if (payload != null) {
                differences.add(name + pair.placeOfCame() + " was not recorded: " + Hex.excerpt(payload));
            }
        }
        return same;
    }

    private String explain(Mask mask, byte[] wanted, byte[] payload) {
        Packet packet =
                new Packet(new Entry(Direction.OUT, 1, System.nanoTime(), original, original, payload, 0, false, null));
        return mask.match(wanted).explain(packet).indent(2).stripTrailing();
    }
}

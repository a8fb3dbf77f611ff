package dev.domin.testkit;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One client of a recording: sends its requests, and collects the answers on a thread of its own. */
final class ReplayedClient {

    private static final Duration SLICE = Duration.ofMillis(100);

    private final InetSocketAddress original;
    private final UdpClient client;
    private final List<byte[]> expected = new ArrayList<>();
    private final List<byte[]> came = new ArrayList<>(); // guarded by itself
    private final Thread receiver;
    private volatile boolean closed;

    ReplayedClient(InetSocketAddress original, InetSocketAddress server) {
        this.original = original;
        this.client = UdpClient.to(server);
        this.receiver = new Thread(this::receive, "domin-replay-" + original.getPort());
        receiver.setDaemon(true);
        receiver.start();
    }

    void expect(Recording.Exchange exchange) {
        exchange.answers().forEach(answer -> expected.add(answer.payload()));
    }

    void send(byte[] request) {
        client.send(request);
    }

    /** Waits until as many answers have come as were recorded. */
    void awaitAnswers(long end) {
        synchronized (came) {
            long left = end - System.nanoTime();
            while (came.size() < expected.size() && left > 0) {
                try {
                    came.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = end - System.nanoTime();
            }
        }
    }

    void close() {
        closed = true;
        client.close();
        boolean interrupted = false;
        while (receiver.isAlive()) {
            try {
                receiver.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Compares the answers, in their order.
     *
     * @return how many are the same
     */
    int compare(Mask mask, List<String> differences) {
        int same = 0;
        String name = "client " + Addresses.text(original) + ", answer ";
        synchronized (came) {
            for (int i = 0; i < Math.max(expected.size(), came.size()); i++) {
                String answer = name + (i + 1);
                if (i >= came.size()) {
                    differences.add(answer + " is missing: " + Hex.excerpt(expected.get(i)));
                } else if (i >= expected.size()) {
                    differences.add(answer + " was not recorded: " + Hex.excerpt(came.get(i)));
                } else if (!mask.equal(expected.get(i), came.get(i))) {
                    differences.add(answer + " differs\n" + explain(mask, expected.get(i), came.get(i)));
                } else {
                    same++;
                }
            }
        }
        return same;
    }

    private String explain(Mask mask, byte[] wanted, byte[] payload) {
        Packet packet =
                new Packet(new Entry(Direction.OUT, 1, System.nanoTime(), original, original, payload, 0, false, null));
        return mask.match(wanted).explain(packet).indent(2).stripTrailing();
    }

    private void receive() {
        while (!closed) {
            try {
                client.poll(SLICE).ifPresent(packet -> {
                    synchronized (came) {
                        came.add(packet.bytes());
                        came.notifyAll();
                    }
                });
            } catch (UncheckedIOException e) {
                if (!closed) {
                    throw e;
                }
            }
        }
    }
}

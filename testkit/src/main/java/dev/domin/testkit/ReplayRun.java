package dev.domin.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a replay. The thread that runs it does everything: it sends, and receives while it waits for the time of
 * the next request. A client is open from its first request until its answers are no longer waited for.
 */
final class ReplayRun implements AutoCloseable {

    /** How many clients are open at once, unless more than these still have requests to send. */
    static final int MOST_OPEN = 500;

    private static final int MAX_DATAGRAM = 65_535;

    private final InetSocketAddress server;
    private final long waiting;
    private final long quiet;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
    private final Map<InetSocketAddress, ReplayedClient> clients = new LinkedHashMap<>();
    private final Set<ReplayedClient> ending = new LinkedHashSet<>(); // open, and all their requests are sent
    private int open;

    ReplayRun(InetSocketAddress server, Duration waiting, Duration quiet, List<Recording.Exchange> exchanges)
            throws IOException {
        this.server = server;
        this.waiting = Clock.nanos(waiting);
        this.quiet = Math.min(this.waiting, Clock.nanos(quiet));
        for (Recording.Exchange exchange : exchanges) {
            clients.computeIfAbsent(exchange.client(), ReplayedClient::new).expect(exchange);
        }
        selector = Selector.open();
    }

    Collection<ReplayedClient> clients() {
        return clients.values();
    }

    /** Sends a request. If too many clients are open, waits before until one of them has ended. */
    void send(Recording.Exchange exchange) throws IOException {
        ReplayedClient client = Objects.requireNonNull(clients.get(exchange.client()));
        if (!client.isOpen()) {
            while (open >= MOST_OPEN
                    && !ending.isEmpty()
                    && !Thread.currentThread().isInterrupted()) {
                receiveUntil(nextEnd());
            }
            open(client);
        }
        client.send(exchange.request(), server);
        if (client.hasSentAll()) {
            ending.add(client);
        }
        receiveUntil(System.nanoTime());
    }

    private void open(ReplayedClient client) throws IOException {
        open++;
        try {
            client.open(selector, server);
        } catch (IOException e) {
            throw new IOException(
                    "cannot open a client for the replay while " + (open - 1) + " are open: " + e.getMessage(), e);
        }
    }

    /** Receives until a time, or until the thread is interrupted. */
    void pauseUntil(long time) throws IOException {
        while (time - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
            long end = ending.isEmpty() ? time : nextEnd();
            receiveUntil(end - time < 0 ? end : time);
        }
    }

    /** Receives until no client waits for answers any more, or until the thread is interrupted. */
    void awaitEnd() throws IOException {
        while (!ending.isEmpty() && !Thread.currentThread().isInterrupted()) {
            receiveUntil(nextEnd());
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            for (ReplayedClient client : clients.values()) {
                client.close();
            }
        }
    }

    private long nextEnd() {
        long now = System.nanoTime(); // the clock may pass the greatest long: only differences are compared
        return now
                + ending.stream()
                        .mapToLong(client -> client.end(waiting, quiet) - now)
                        .min()
                        .orElse(0);
    }

    /** Waits for datagrams at most until a time, receives those that came, and closes the clients that have ended. */
    private void receiveUntil(long time) throws IOException {
        long left = time - System.nanoTime();
        if (left >= 1_000_000) {
            selector.select(left / 1_000_000);
        } else {
            if (left > 0) {
                LockSupport.parkNanos(this, left); // more exact than a selector
            }
            selector.selectNow();
        }
        receiveSelected();
        closeEnded();
    }

    private void receiveSelected() throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof ReplayedClient client) {
                client.receive(buffer, server);
            }
        }
        selector.selectedKeys().clear();
    }

    private void closeEnded() throws IOException {
        List<ReplayedClient> ended = new ArrayList<>();
        for (ReplayedClient client : ending) {
            if (isOver(client)) {
                client.receive(buffer, server); // what has come while this thread had no processor
                if (isOver(client)) {
                    client.close();
                    ended.add(client);
                }
            }
        }
        if (!ended.isEmpty()) {
            ended.forEach(ending::remove);
            open -= ended.size();
            selector.selectNow(); // which gives the sockets of closed clients back to the system
            receiveSelected();
        }
    }

    private boolean isOver(ReplayedClient client) {
        return client.end(waiting, quiet) - System.nanoTime() <= 0;
    }
}

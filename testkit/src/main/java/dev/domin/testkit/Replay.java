package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the requests of a recording to a server, in their original timing, and compares its answers with the recorded
 * ones. Each client of the recording has a port of its own.
 *
 * <pre>{@code
 * Replay.of(recording).to(server.address()).throwIfDifferent();
 * }</pre>
 *
 * <p>Immutable: each method that changes how it runs returns a new one.
 */
public final class Replay {

    private final Recording recording;
    private final double speed;
    private final Duration patience;

    private Replay(Recording recording, double speed, Duration patience) {
        this.recording = recording;
        this.speed = speed;
        this.patience = patience;
    }

    /**
     * Replays a recording.
     *
     * @param recording the recording
     * @return the replay, at the original speed
     */
    public static Replay of(Recording recording) {
        return new Replay(recording, 1, Duration.ofSeconds(1));
    }

    /**
     * Changes the speed.
     *
     * @param factor 2 for twice as fast; {@link Double#POSITIVE_INFINITY} for no pauses
     * @return the replay
     */
    public Replay speed(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("the speed of a replay is more than 0, got " + factor);
        }
        return new Replay(recording, factor, patience);
    }

    /**
     * Changes for how long to wait for answers after the last request.
     *
     * @param time how long; a second by default
     * @return the replay
     */
    public Replay waiting(Duration time) {
        return new Replay(recording, speed, time);
    }

    /**
     * Replays to a server.
     *
     * @param server its address
     * @return what came
     */
    public ReplayReport to(InetSocketAddress server) {
        List<Recording.Exchange> exchanges = recording.exchanges();
        Map<InetSocketAddress, ReplayedClient> clients = new LinkedHashMap<>();
        try {
            for (Recording.Exchange exchange : exchanges) {
                clients.computeIfAbsent(exchange.client(), key -> new ReplayedClient(key, server))
                        .expect(exchange);
            }
            send(exchanges, clients);
            long end = System.nanoTime() + Clock.nanos(patience);
            clients.values().forEach(client -> client.awaitAnswers(end));
        } finally {
            clients.values().forEach(ReplayedClient::close);
        }
        List<String> differences = new ArrayList<>();
        int same = 0;
        for (ReplayedClient client : clients.values()) {
            same += client.compare(recording.mask(), differences);
        }
        return new ReplayReport(exchanges.size(), same, differences);
    }

    private void send(List<Recording.Exchange> exchanges, Map<InetSocketAddress, ReplayedClient> clients) {
        long start = System.nanoTime();
        Instant first = exchanges.isEmpty() ? Instant.EPOCH : exchanges.get(0).time();
        for (Recording.Exchange exchange : exchanges) {
            long due = start + (long) (Clock.nanos(Duration.between(first, exchange.time())) / speed);
            long left = due - System.nanoTime();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = due - System.nanoTime();
            }
            Objects.requireNonNull(clients.get(exchange.client())).send(exchange.request());
        }
    }
}

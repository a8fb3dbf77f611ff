package dev.domin.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the requests of a recording to a server, in their original timing, and compares its answers with the recorded
 * ones. Each client of the recording has a port of its own, from its first request until its answers are no longer
 * waited for. At most 500 clients are open at once: a further one waits until one that has sent all its requests is
 * closed, so that its requests may be late. Only if all 500 still have requests to send, it is opened at once.
 *
 * <pre>{@code
 * Replay.of(recording).to(server.address()).throwIfDifferent();
 * }</pre>
 *
 * <p>Immutable: each method that changes how it runs returns a new one.
 */
public final class Replay {

    private static final Duration QUIET = Duration.ofMillis(200);

    private final Recording recording;
    private final double speed;
    private final Duration patience;
    private final Duration quiet;

    private Replay(Recording recording, double speed, Duration patience, Duration quiet) {
        this.recording = recording;
        this.speed = speed;
        this.patience = patience;
        this.quiet = quiet;
    }

    /**
     * Replays a recording.
     *
     * @param recording the recording
     * @return the replay, at the original speed
     */
    public static Replay of(Recording recording) {
        return new Replay(recording, 1, Duration.ofSeconds(1), QUIET);
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
        return new Replay(recording, factor, patience, quiet);
    }

    /**
     * Changes for how long to wait for answers after the last request of each client. The replay waits for that long if
     * answers are missing. If all recorded answers have come, or none were recorded, it ends as soon as nothing has
     * come for 200 ms, or for the waiting time if that is shorter; until then it notices
     * answers that were not recorded.
     *
     * @param time how long; a second by default
     * @return the replay
     */
    public Replay waiting(Duration time) {
        return new Replay(recording, speed, time, quiet);
    }

    /** Changes how long nothing must have come until it ends before the waiting time is over. */
    Replay quiet(Duration time) {
        return new Replay(recording, speed, patience, time);
    }

    /**
     * Replays to a server.
     *
     * @param server its address
     * @return what came
     * @throws UncheckedIOException if the system has no socket left, or refuses a datagram
     */
    public ReplayReport to(InetSocketAddress server) {
        List<Recording.Exchange> exchanges = recording.exchanges();
        List<String> differences = new ArrayList<>();
        int same = 0;
        try (ReplayRun run = new ReplayRun(server, patience, quiet, exchanges)) {
            long start = System.nanoTime();
            for (Recording.Exchange exchange : exchanges) {
                Duration since = Duration.between(exchanges.get(0).time(), exchange.time());
                run.pauseUntil(start + (long) (Clock.nanos(since) / speed));
                run.send(exchange);
            }
            run.awaitEnd();
            for (ReplayedClient client : run.clients()) {
                same += client.compare(recording.mask(), differences);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return new ReplayReport(exchanges.size(), same, differences);
    }
}

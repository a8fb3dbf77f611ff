package dev.domin.udp;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the receiver when its packet is late: drops the packet, makes the role vacant and starts a thread that takes
 * it. If the late thread returns first, it takes the role itself. Runs on the watchdog's thread, but for {@link
 * #watch}.
 */
final class DeadlineWatch extends Watchdog.Watch {

    private static final long RETRY_NANOS = 100_000_000;

    private final ReceiveLoop loop;
    private final Lifecycle lifecycle;
    private final Answers answers;
    private final Errors errors;
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile @Nullable Packet current;
    private @Nullable Packet lastPacket;
    private long lastWord;
    private boolean watching; // guarded by this object's monitor

    @SuppressWarnings("NullAway.Init") // set by open, before the first packet
    private Workers workers;

    DeadlineWatch(ReceiveLoop loop, Lifecycle lifecycle, Answers answers, Errors errors) {
        this.loop = loop;
        this.lifecycle = lifecycle;
        this.answers = answers;
        this.errors = errors;
    }

    /**
     * Starts the first receiver, and watches deadlines where there is a timeout. If this throws, nothing has been
     * started; nor if the endpoint is closed.
     *
     * @param starter starts the threads
     */
    void open(Workers starter) {
        workers = starter;
        if (lifecycle.timeoutNanos() >= 0) {
            startWatching();
        }
        boolean started = false;
        try {
            started = starter.start();
        } finally {
            if (!started) { // the endpoint may even be closed already
                stopWatching();
            }
        }
    }

    private synchronized void startWatching() {
        lifecycle.machine().watchdog().acquire();
        watching = true;
    }

    private synchronized void stopWatching() {
        if (watching) {
            watching = false;
            lifecycle.machine().watchdog().release(this);
        }
    }

    /** Ends what {@link #open} began, if it did. Called once. */
    void release() {
        stopWatching();
        current = null;
        lastPacket = null;
    }

    /** Sets the packet that the receiver works with from now on. Called by the receiver. */
    void current(Packet packet) {
        current = packet;
    }

    /** Watches the deadline of the current packet. Called by the receiver. */
    void watch(Packet packet) {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            try {
                lifecycle.machine().watchdog().schedule(this, packet.deadlineNanos());
            } catch (Throwable e) {
                watched.set(false); // the next packet tries again
                throw e;
            }
        }
    }

    @Override
    long look(long now) {
        if (lifecycle.isTerminated()) {
            return Watchdog.NEVER;
        }
        if (loop.role().isVacant()) {
            startSuccessor();
            return now + RETRY_NANOS;
        }
        Packet packet = current;
        if (packet == null) {
            return rest();
        }
        while (true) {
            long seen = packet.state().word();
            if (PacketState.isWithReceiver(seen)) {
                long deadline = packet.deadlineNanos();
                if (deadline - now > 0) {
                    remember(packet, seen);
                    return deadline;
                }
                if (packet.state().expire(seen)) {
                    loop.role().vacate();
                    startSuccessor();
                    answers.flush(false);
                    return now + lifecycle.timeoutNanos();
                }
            } else if (packet == lastPacket && seen == lastWord) {
                return rest();
            } else {
                remember(packet, seen);
                return now + lifecycle.timeoutNanos();
            }
        }
    }

    private void remember(Packet packet, long word) {
        lastPacket = packet;
        lastWord = word;
    }

    /** Stops watching, since there was no packet for a whole timeout; the next packet schedules this again. */
    private long rest() {
        watched.set(false);
        Packet packet = current;
        if (packet != null && PacketState.isWithReceiver(packet.state().word()) && watched.compareAndSet(false, true)) {
            return packet.deadlineNanos();
        }
        return Watchdog.NEVER;
    }

    /** Where no thread can be started, the late one takes the role when it returns, or this is tried again. */
    private void startSuccessor() {
        try {
            if (!workers.start()) {
                loop.endIfVacant();
            }
        } catch (Throwable e) {
            errors.report(e);
        }
    }
}

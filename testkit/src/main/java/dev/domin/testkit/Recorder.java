package dev.domin.testkit;

import dev.domin.testkit.capture.CaptureWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets to a capture, each as soon as its fate is known, since the fate is part of its record. A packet whose
 * fate takes long is written before, without it, so that the file is never far behind.
 */
final class Recorder implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMillis(30);

    private final JournalStore store;
    private final CaptureWriter writer;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>(); // in the order of arrival
    private boolean scheduled;
    private boolean closed;
    private @Nullable IOException failure; // the first one

    Recorder(Path file, JournalStore store) throws IOException {
        this.store = store;
        writer = CaptureWriter.create(file);
    }

    /** Remembers a packet until its fate is known. */
    synchronized void arrived(Entry entry) {
        if (closed) {
            return;
        }
        while (!waiting.isEmpty() && waiting.peek().recorded) {
            waiting.remove();
        }
        waiting.add(entry);
        if (!scheduled) {
            scheduled = true;
            Future<?> unused = Timer.schedule(MAX_WAIT, this::writeOld);
        }
    }

    synchronized void decided(Entry entry) {
        write(entry);
    }

    synchronized void sent(Entry entry) {
        write(entry);
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        waiting.forEach(this::write);
        waiting.clear();
        closed = true;
        try (writer) {
            if (failure != null) {
                throw failure; // the writer has thrown it already, and does not throw it again
            }
        }
    }

    /** Writes the packets whose fate has been unknown for long. Called by the timer. */
    private synchronized void writeOld() {
        long now = System.nanoTime();
        scheduled = false;
        while (!waiting.isEmpty()) {
            Entry oldest = waiting.peek();
            long age = now - oldest.nanos();
            if (!oldest.recorded && age < MAX_WAIT.toNanos()) {
                scheduled = true;
                Future<?> unused = Timer.schedule(MAX_WAIT.minusNanos(age), this::writeOld);
                return;
            }
            write(waiting.remove());
        }
    }

    private void write(Entry entry) {
        if (closed || entry.recorded) {
            return;
        }
        entry.recorded = true;
        boolean in = entry.direction() == Direction.IN;
        try {
            writer.write(
                    Clock.epochNanos(entry.nanos()),
                    in ? entry.peer() : entry.local(),
                    in ? entry.local() : entry.peer(),
                    entry.payload(),
                    0,
                    entry.payload().length,
                    store.comment(entry));
        } catch (IOException e) {
            if (failure == null) {
                failure = e; // for the caller of close
            }
        }
    }
}

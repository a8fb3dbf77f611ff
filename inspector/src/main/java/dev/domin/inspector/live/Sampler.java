package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import dev.domin.inspector.http.Request;
import dev.domin.inspector.packets.PacketSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Measures four times a second, on a thread of its own, and keeps the samples of five minutes. */
public final class Sampler implements AutoCloseable {

    private static final int STEP_MILLIS = 250;
    private static final int KEPT = 1200;

    private final Measurements measurements;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Sample> samples = new ArrayDeque<>(); // guarded by the lock, as the next two
    private long count;
    private boolean closed;
    private final Thread thread;

    /**
     * Starts to measure.
     *
     * @param source the packets
     */
    public Sampler(PacketSource source) {
        measurements = new Measurements(source);
        thread = Thread.ofPlatform().daemon().name("domin-inspector-sampler").start(this::run);
    }

    /** {@return the counts of each handler} */
    Measurements measurements() {
        return measurements;
    }

    private void run() {
        long last = System.nanoTime();
        measure(STEP_MILLIS / 1e3);
        while (awaitStep(last)) {
            long now = System.nanoTime();
            measure((now - last) / 1e9);
            last = now;
        }
    }

    private void measure(double seconds) {
        Sample sample;
        try {
            sample = measurements.sample(System.currentTimeMillis(), seconds);
        } catch (RuntimeException e) { // a server that is being started again
            System.getLogger("dev.domin.inspector").log(System.Logger.Level.DEBUG, "no sample", e);
            return;
        }
        lock.lock();
        try {
            samples.add(sample);
            if (samples.size() > KEPT) {
                samples.remove();
            }
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** {@return false once this is closed} */
    private boolean awaitStep(long last) {
        lock.lock();
        try {
            long left = last + TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS) - System.nanoTime();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException _) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next sample.
     *
     * @param seen the number of samples that the caller knows
     * @return the number of samples; -1 once this is closed
     */
    long await(long seen) throws InterruptedException {
        lock.lock();
        try {
            while (count <= seen && !closed) {
                changed.await();
            }
            return closed ? -1 : count;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the newest sample, or null before the first} */
    @Nullable
    Sample newest() {
        lock.lock();
        try {
            return samples.peekLast();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Answers a request for all samples.
     *
     * @param request the request
     */
    public void answer(Request request) throws IOException {
        List<Sample> all;
        lock.lock();
        try {
            all = new ArrayList<>(samples);
        } finally {
            lock.unlock();
        }
        request.json(out -> {
            out.beginObject().name("step").value(STEP_MILLIS).name("times").beginArray();
            for (var sample : all) {
                out.value(sample.time());
            }
            out.endArray();
            column(out, all, "in", Sample::in);
            column(out, all, "answered", Sample::answered);
            column(out, all, "dropped", Sample::dropped);
            column(out, all, "lost", Sample::lost);
            column(out, all, "p50", Sample::p50);
            column(out, all, "p99", Sample::p99);
            column(out, all, "waitP50", Sample::waitP50);
            column(out, all, "waitP99", Sample::waitP99);
            out.endObject();
        });
    }

    private static void column(JsonWriter out, List<Sample> all, String name, Function<Sample, @Nullable Double> value)
            throws IOException {
        out.name(name).beginArray();
        for (var sample : all) {
            Json.number(out, value.apply(sample));
        }
        out.endArray();
    }

    /** Ends measuring, and waits for the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.example.ntp;

import dev.domin.spi.Blob;
import dev.domin.spi.CallbackCall;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.Turn;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that calls a callback at the start of each second. */
final class Ticker implements ScriptResource, Turn {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final CallbackCall call;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(null, this::tick, "ntp-ticker", CallbackCall.STACK_BYTES);

    Ticker(CallbackCall call) {
        this.call = call;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void tick() {
        try {
            while (!closed.await(microsToNextSecond(), TimeUnit.MICROSECONDS)) {
                var timestamp = new byte[Long.BYTES];
                ByteBuffer.wrap(timestamp).putLong(NtpPlugin.now());
                call.run(Blob.of(timestamp), this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nothing interrupts this thread; an interrupt would mean that it should end
        }
    }

    private static long microsToNextSecond() {
        long fraction = NtpPlugin.now() & 0xFFFFFFFFL;
        return MICROS_PER_SECOND - (fraction * MICROS_PER_SECOND >>> 32);
    }

    /** Called when the script ends. After this has returned, no callback runs. */
    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.join();
    }

    @Override
    public long deadlineNanos() {
        return NO_DEADLINE;
    }

    @Override
    public boolean begin() {
        return closed.getCount() > 0;
    }

    @Override
    public String origin() {
        return "start of a second";
    }
}

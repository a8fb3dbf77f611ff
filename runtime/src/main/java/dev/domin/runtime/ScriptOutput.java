package dev.domin.runtime;

import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * The output of a run's {@code printf}: each call writes in one piece and flushes. The script lock is kept, so that a
 * printing callback is not interleaved with others. But if a write blocks because of its reader, others run meanwhile,
 * as during every blocking call. Their writes then wait in order of arrival.
 */
final class ScriptOutput extends OutputStream {

    private final ScriptLock lock;
    private final OutputStream out;
    private final long limit;
    private long written; // guarded by the order
    private final WriteOrder order = new WriteOrder();

    ScriptOutput(ScriptLock lock, OutputStream out, long limit) {
        this.lock = lock;
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var task = lock.holder();
        if (task == null || task.thread != Thread.currentThread()) {
            writeInOrder(bytes, offset, length); // a plugin in start(), in a blocking call, or on a thread of its own
            return;
        }
        boolean interrupted = Thread.interrupted(); // not by a cancellation, and writing would fail with it
        int write = lock.beginOutput(task);
        if (write < 0) {
            throw ScriptLock.CANCELLED;
        }
        try {
            writeInOrder(bytes, offset, length);
        } catch (IOException e) {
            if (lock.isCancelled(task)) {
                throw ScriptLock.CANCELLED;
            }
            throw e;
        } finally {
            if (!lock.endOutput(task, write)) {
                lock.acquire(task); // throws if the task was cancelled, replacing what the write threw
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeInOrder(byte[] bytes, int offset, int length) throws IOException {
        try {
            order.enter();
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        try {
            if (length > limit - written) {
                throw exceeded(length);
            }
            out.write(bytes, offset, length);
            out.flush();
            written += length;
        } catch (ReaderGoneException e) {
            lock.cancelAll();
            throw e;
        } finally {
            order.leave();
        }
    }

    private ScriptError exceeded(int length) {
        return Limit.OUTPUT.exceeded(
                "the script has written " + written + " bytes and would write " + length + " more, and the limit is "
                        + limit,
                "write less");
    }
}

package dev.domin.runtime;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/**
 * Where a run's {@code printf} writes: each call writes in one piece and flushes. The script lock is kept, so that a
 * callback that prints is not interleaved with others; but where the reader keeps a write waiting, others run
 * meanwhile, as they do during every call that waits. Those that write then wait in the order in which they came.
 */
final class ScriptOutput extends OutputStream {

    private final ScriptLock lock;
    private final OutputStream out;
    private final WriteOrder order = new WriteOrder();

    ScriptOutput(ScriptLock lock, OutputStream out) {
        this.lock = lock;
        this.out = out;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var task = lock.holder();
        if (task == null || task.thread != Thread.currentThread()) {
            writeInOrder(bytes, offset, length); // a plugin that starts, that waits, or that has threads of its own
            return;
        }
        boolean interrupted = Thread.interrupted(); // by nobody who cancelled the task, and writing would fail with it
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
                lock.acquireToGoOn(task); // throws where the task was cancelled, in place of whatever writing threw
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
            out.write(bytes, offset, length);
            out.flush();
        } catch (ReaderGoneException e) {
            lock.cancelAll();
            throw e;
        } finally {
            order.leave();
        }
    }
}

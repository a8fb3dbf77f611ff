package dev.domin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a standard descriptor of this process. A write that is blocked by the reader ends when its thread is
 * interrupted or when another thread abandons it; the descriptor stays open. Thread-safe.
 *
 * <p>Only a channel can be interrupted, and using one makes a short {@code printf} slower by a fifth. So data that
 * certainly will not block is written by a plain stream.
 */
final class OutputDevice {

    private static final int BUFFER_BYTES = 8 * 1024;

    private final FileDescriptor descriptor;
    private final WriteCapacity capacity;
    private final FileOutputStream plain;

    /** Counts the starts and ends of writes, so it is odd during a write. */
    private final AtomicLong progress = new AtomicLong();

    private @Nullable ByteBuffer buffer; // created at first use
    private volatile @Nullable FileChannel channel; // created at first use
    private volatile boolean abandoned;
    private long lastProgress; // used only by the thread that calls abandonIfStuck

    OutputDevice(FileDescriptor descriptor, int number) {
        this.descriptor = descriptor;
        this.capacity = new WriteCapacity(descriptor, number);
        this.plain = new FileOutputStream(descriptor);
    }

    /**
     * Writes all bytes.
     *
     * @throws InterruptedIOException if the thread was interrupted before everything was written
     * @throws AsynchronousCloseException if the device has been abandoned
     * @throws IOException if writing fails
     */
    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        progress.setRelease(progress.getPlain() + 1);
        try {
            if (abandoned) {
                throw new AsynchronousCloseException();
            }
            if (capacity.reserve(length)) {
                plain.write(bytes, offset, length);
            } else {
                writeInterruptibly(bytes, offset, length);
            }
        } finally {
            progress.setRelease(progress.getPlain() + 1);
        }
    }

    /** {@return whether it is a pipe or a socket, so that writing fails if the reader has ended} */
    synchronized boolean hasReader() {
        return capacity.hasReader();
    }

    /** Ends a write that has made no progress since the last call, and rejects all later ones. Called by one thread. */
    void abandonIfStuck() throws IOException {
        long now = progress.get();
        if ((now & 1) != 0 && now == lastProgress) {
            abandoned = true;
            var open = channel;
            if (open != null) {
                open.close();
            }
        }
        lastProgress = now;
    }

    private void writeInterruptibly(byte[] bytes, int offset, int length) throws IOException {
        var chunk = buffer;
        if (chunk == null) {
            chunk = ByteBuffer.allocateDirect(BUFFER_BYTES);
            buffer = chunk;
        }
        int end = offset + length;
        for (int next = offset; next < end; next += chunk.limit()) {
            chunk.clear();
            chunk.put(bytes, next, Math.min(end - next, BUFFER_BYTES));
            chunk.flip();
            try {
                writeChunk(chunk);
            } catch (ClosedByInterruptException e) {
                if (chunk.hasRemaining() || next + chunk.limit() < end) {
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                }
            }
        }
    }

    private void writeChunk(ByteBuffer chunk) throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            open = new UnclosableStream(descriptor).getChannel();
            channel = open;
        }
        while (chunk.hasRemaining()) {
            if (abandoned) {
                throw new AsynchronousCloseException();
            }
            if (open.write(chunk) == 0) { // another process has made the descriptor non-blocking
                pause();
            }
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** The stream that an interrupted channel closes. It must not close the descriptor. */
    private static final class UnclosableStream extends FileOutputStream {

        UnclosableStream(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void close() {
            // The next channel uses the same descriptor.
        }
    }
}

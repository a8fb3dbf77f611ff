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

/**
 * A standard descriptor of this process, to write to. A write that waits for the reader ends when its thread is
 * interrupted, or when another thread abandons it; the descriptor stays open all the same. Safe for use by several
 * threads.
 *
 * <p>Only a channel can be interrupted, and using one makes a short {@code printf} slower by a fifth. So what certainly
 * need not wait is written by a plain stream.
 */
final class OutputDevice {

    private static final int BUFFER_BYTES = 8 * 1024;

    private final FileDescriptor descriptor;
    private final OutputRoom room;
    private final FileOutputStream plain;

    /** Counts the begins and ends of writes, so that it is odd during one. */
    private final AtomicLong progress = new AtomicLong();

    private ByteBuffer buffer; // made when first needed
    private volatile FileChannel channel; // the same
    private volatile boolean abandoned;
    private long lastProgress; // belongs to the thread that abandons

    OutputDevice(FileDescriptor descriptor, int number) {
        this.descriptor = descriptor;
        this.room = new OutputRoom(descriptor, number);
        this.plain = new FileOutputStream(descriptor);
    }

    /**
     * Writes.
     *
     * @throws InterruptedIOException if not everything was written since the thread was interrupted
     * @throws AsynchronousCloseException if the device has been abandoned
     * @throws IOException whatever else is in the way
     */
    synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        progress.setRelease(progress.getPlain() + 1);
        try {
            if (abandoned) {
                throw new AsynchronousCloseException();
            }
            if (room.claim(length)) {
                plain.write(bytes, offset, length);
            } else {
                writeInterruptibly(bytes, offset, length);
            }
        } finally {
            progress.setRelease(progress.getPlain() + 1);
        }
    }

    /** {@return whether it is a pipe or a socket, so that writing fails where nobody reads} */
    synchronized boolean hasReader() {
        return room.hasReader();
    }

    /** Ends a write that has not got any further since the last call, and refuses all others. Called by one thread. */
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
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        }
        int end = offset + length;
        for (int next = offset; next < end; next += buffer.limit()) {
            buffer.clear();
            buffer.put(bytes, next, Math.min(end - next, BUFFER_BYTES));
            buffer.flip();
            try {
                writeBuffer();
            } catch (ClosedByInterruptException e) {
                if (buffer.hasRemaining() || next + buffer.limit() < end) {
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                }
            }
        }
    }

    private void writeBuffer() throws IOException {
        var open = channel;
        if (open == null || !open.isOpen()) {
            open = new Undying(descriptor).getChannel();
            channel = open;
        }
        while (buffer.hasRemaining()) {
            if (abandoned) {
                throw new AsynchronousCloseException();
            }
            if (open.write(buffer) == 0) { // somebody has made the descriptor one that does not wait
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

    /** What an interrupted channel closes: it must not close the descriptor with it. */
    private static final class Undying extends FileOutputStream {

        Undying(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void close() {
            // The next channel goes on with the descriptor.
        }
    }
}

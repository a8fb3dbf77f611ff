package dev.domin.cli;

import dev.domin.runtime.ReaderGoneException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;

/**
 * The standard output or the standard error of this process. {@link System#out} would encode characters and hide
 * errors. If the reader has ended, a write throws {@link ReaderGoneException}; other failures, such as a full disk, are
 * plain {@link IOException}s. Thread-safe.
 */
final class StandardStream extends OutputStream {

    private final OutputDevice device;
    private volatile boolean failed;
    private volatile boolean silent;
    private volatile boolean readerGone;
    private Runnable onReaderGone = () -> {};

    private StandardStream(FileDescriptor descriptor, int number) {
        this.device = new OutputDevice(descriptor, number);
    }

    static StandardStream output() {
        return new StandardStream(FileDescriptor.out, 1);
    }

    static StandardStream error() {
        return new StandardStream(FileDescriptor.err, 2);
    }

    /** {@return whether any write has failed} */
    boolean hasFailed() {
        return failed;
    }

    /** {@return whether a write has failed because the reader has ended} */
    boolean isReaderGone() {
        return readerGone;
    }

    /** Discards everything that is written from now on. */
    void silence() {
        silent = true;
    }

    /** Sets the action for when the reader has ended, and runs it if it already has. */
    void onReaderGone(Runnable action) {
        synchronized (this) {
            onReaderGone = action;
            if (!readerGone) {
                return;
            }
        }
        action.run();
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (silent) {
            return;
        }
        try {
            device.write(bytes, offset, length);
        } catch (ClosedChannelException | InterruptedIOException e) {
            failed = true;
            throw e;
        } catch (IOException e) {
            failed = true;
            // The system's message depends on the user's language, so it is not the only criterion.
            if (!String.valueOf(e.getMessage()).contains("Broken pipe") && !device.hasReader()) {
                throw e;
            }
            readerGone();
            throw new ReaderGoneException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Abandons a write that has made no progress since the last call, and all later ones. Called by one thread.
     *
     * @throws IOException if closing the channel fails
     */
    void abandonIfStuck() throws IOException {
        device.abandonIfStuck();
    }

    private void readerGone() {
        Runnable action;
        synchronized (this) {
            if (readerGone) {
                return;
            }
            readerGone = true;
            action = onReaderGone;
        }
        action.run();
    }
}

package dev.domin.cli;

import dev.domin.runtime.ReaderGoneException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;

/**
 * The standard output or the standard error of this process. {@link System#out} would translate characters and swallow
 * errors. A reader that has gone away is a {@link ReaderGoneException}; everything else that fails, such as a full
 * disk, is an {@link IOException}. Safe for use by several threads.
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

    /** {@return whether something that was to be written was not} */
    boolean hasFailed() {
        return failed;
    }

    /** {@return whether a write has found that nobody reads this any more} */
    boolean isReaderGone() {
        return readerGone;
    }

    /** From now on, whatever is to be written is thrown away. */
    void silence() {
        silent = true;
    }

    /** Says what to do once the reader has gone, which it may have already. */
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
            // The system's words depend on the user's language, so they are not all that counts.
            if (!String.valueOf(e.getMessage()).contains("Broken pipe") && !device.hasReader()) {
                throw e;
            }
            readerGone();
            throw new ReaderGoneException(e.getMessage());
        }
    }

    /**
     * Gives up a write that has not got any further since the last call, and all that come after it. Called by one
     * thread.
     *
     * @throws IOException if that fails
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

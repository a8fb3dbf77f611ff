package dev.domin.cli;

import dev.domin.runtime.ReaderGoneException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard output or the standard error of this process. {@link System#out} would translate characters and swallow errors.
 * A reader that has gone away is a {@link ReaderGoneException}; everything else that fails, such as a full disk, is an
 * {@link IOException}. Safe for use by several threads.
 */
final class StandardStream extends OutputStream {

    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private final int number;
    private final OutputStream file;
    private volatile boolean failed;
    private volatile boolean silent;
    private volatile boolean readerGone;
    private Runnable onReaderGone = () -> {};

    private StandardStream(int number, FileDescriptor descriptor) {
        this.number = number;
        this.file = new FileOutputStream(descriptor);
    }

    static StandardStream output() {
        return new StandardStream(1, FileDescriptor.out);
    }

    static StandardStream error() {
        return new StandardStream(2, FileDescriptor.err);
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
            file.write(bytes, offset, length);
        } catch (IOException e) {
            failed = true;
            if (!isReaderGone(e)) {
                throw e;
            }
            readerGone();
            throw new ReaderGoneException(e.getMessage());
        }
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

    /** The system's words depend on the user's language, so they are not all that counts: a pipe fails for no other reason. */
    private boolean isReaderGone(IOException problem) {
        if (String.valueOf(problem.getMessage()).contains("Broken pipe")) {
            return true;
        }
        try {
            int type = (int) Files.getAttribute(Path.of("/dev/fd/" + number), "unix:mode") & FILE_TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | RuntimeException _) { // a system that has no such names
            return false;
        }
    }
}

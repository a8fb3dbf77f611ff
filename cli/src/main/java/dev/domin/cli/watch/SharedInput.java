package dev.domin.cli.watch;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The standard input, which the versions of a script read one after the other. A read that waits for it cannot be
 * ended, so one thread reads for all versions. What a version has not asked for is read by the next one.
 */
final class SharedInput implements Runnable {

    private static final int BUFFER = 1 << 13;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER]; // guarded by this object's monitor, as the next
    private int at;
    private int end;
    private boolean wanted;
    private boolean ended;
    private @Nullable IOException problem;
    private @Nullable Thread thread; // null: no version has read anything

    SharedInput(InputStream in) {
        this.in = in;
    }

    /** {@return what the next version reads; the one before is closed} */
    View open() {
        return new View();
    }

    /** The input of one version. */
    final class View extends InputStream {

        private boolean closed; // guarded by the monitor of the shared input

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        /** Returns no more than one line, so that the next version gets the others. */
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            synchronized (SharedInput.this) {
                awaitBytes();
                if (closed || at == end) {
                    if (!closed && problem != null) {
                        throw problem;
                    }
                    return -1;
                }
                int most = Math.min(length, end - at);
                int count = 0;
                boolean lineEnded = false;
                while (count < most && !lineEnded) {
                    byte next = buffer[at++];
                    target[offset + count++] = next;
                    lineEnded = next == '\n';
                }
                return count;
            }
        }

        private void awaitBytes() throws IOException {
            try {
                while (!closed && at == end && !ended) {
                    ask();
                    SharedInput.this.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while reading the standard input", e);
            }
        }

        /** Ends what waits for this input, and everything that comes later. */
        @Override
        public void close() {
            synchronized (SharedInput.this) {
                closed = true;
                SharedInput.this.notifyAll();
            }
        }
    }

    /** Called with the monitor held. */
    private void ask() {
        wanted = true;
        if (thread == null) {
            thread = new Thread(null, this, "domin-watch-input", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    @Override
    public void run() {
        byte[] piece = new byte[BUFFER];
        try {
            int count = 0;
            while (count >= 0) {
                awaitQuestion();
                count = in.read(piece, 0, BUFFER);
                answer(piece, count);
            }
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException _) {
            end(new IOException("the reading thread was interrupted")); // no code does that
        }
    }

    private synchronized void awaitQuestion() throws InterruptedException {
        while (!wanted || at < end) {
            wait();
        }
    }

    private synchronized void answer(byte[] piece, int count) {
        wanted = false;
        at = 0;
        end = Math.max(0, count);
        System.arraycopy(piece, 0, buffer, 0, end);
        ended = count < 0;
        notifyAll();
    }

    private synchronized void end(IOException why) {
        problem = why;
        ended = true;
        notifyAll();
    }
}

package dev.domin.plugins.builtin;

import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an input. A read that waits for the standard input is not ended by an interrupt, so a thread of its own
 * reads, and callers wait for that thread. It reads one line ahead, and only if a line is asked for.
 *
 * <p>A daemon: where the input has no end, it is left waiting when the script has ended. Everything is guarded by this
 * object, but for what belongs to the thread.
 */
final class InputLines implements ScriptResource, Runnable {

    private static final int BUFFER = 1 << 13;

    private final InputStream in;
    private final long longest;
    private boolean wanted;
    private byte @Nullable [] line; // null: not read yet, or taken
    private boolean ended;
    private boolean closed;
    private String failure = "";

    // These belong to the thread.
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    InputLines(InputStream in, long longest) {
        this.in = in;
        this.longest = longest;
    }

    void start() {
        var thread = new Thread(null, this, "domin-input", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes the next line, when it is there.
     *
     * @return the line without its end; empty if there is none any more
     */
    synchronized byte[] take() throws InterruptedException {
        if (await()) {
            return new byte[0];
        }
        byte[] taken = line;
        line = null;
        return taken == null ? new byte[0] : taken;
    }

    /** {@return whether there is no further line; waits until that is certain} */
    synchronized boolean isAtEnd() throws InterruptedException {
        return await();
    }

    private boolean await() throws InterruptedException {
        while (line == null && !ended) {
            wanted = true;
            notifyAll();
            wait();
        }
        if (line == null && !failure.isEmpty()) {
            throw new ScriptError("cannot read the standard input: " + failure);
        }
        return line == null;
    }

    @Override
    public void run() {
        String problem = "";
        try {
            while (awaitQuestion()) {
                byte[] next = readLine();
                if (next == null) {
                    break;
                }
                answer(next);
            }
        } catch (IOException e) {
            problem = e.getMessage() == null ? e.toString() : e.getMessage();
        } catch (OutOfMemoryError _) {
            problem = "there is not enough memory for a line";
        } catch (InterruptedException _) {
            problem = "its thread was interrupted"; // no code does that
        } finally {
            endWith(problem);
        }
    }

    private synchronized boolean awaitQuestion() throws InterruptedException {
        while (!closed && (!wanted || line != null)) {
            wait();
        }
        return !closed;
    }

    private synchronized void answer(byte[] next) {
        line = next;
        wanted = false;
        notifyAll();
    }

    private synchronized void endWith(String problem) {
        ended = true;
        failure = problem;
        notifyAll();
    }

    /** {@return a line without its end; null at the end of the input} */
    private byte @Nullable [] readLine() throws IOException {
        var bytes = new ByteArrayOutputStream();
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = in.read(buffer, 0, BUFFER);
                if (end <= 0) {
                    end = 0;
                    return any ? bytes.toByteArray() : null;
                }
            }
            any = true;
            int start = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (bytes.size() + (long) (at - start) > longest) {
                throw new IOException("a line has more than " + longest
                        + " bytes, the limit for a value; domin --limit value=N sets a higher one");
            }
            bytes.write(buffer, start, at - start);
            if (at < end) {
                at++;
                return withoutCarriageReturn(bytes.toByteArray());
            }
        }
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        int length = line.length;
        return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}

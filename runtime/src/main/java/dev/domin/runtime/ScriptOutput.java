package dev.domin.runtime;

import java.io.IOException;
import java.io.OutputStream;

/** Where a run's {@code printf} writes: each call writes in one piece and flushes. */
final class ScriptOutput extends OutputStream {

    private final ScriptLock lock;
    private final OutputStream out;

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
        try {
            out.write(bytes, offset, length);
            out.flush();
        } catch (ReaderGoneException _) {
            lock.cancelAll();
            throw new ScriptCancelled();
        }
    }
}

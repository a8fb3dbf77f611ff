package dev.domin.plugins.log;

import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The standard error. */
final class StderrSink implements Sink {

    static final String KIND = "stderr";

    private final OutputStream err;

    StderrSink(OutputStream err) {
        this.err = err;
    }

    @Override
    public void write(Message message, boolean json) {
        String line = json ? message.jsonLine() : message.plainLine();
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            err.write(bytes, 0, bytes.length);
            err.flush();
        } catch (IOException e) {
            throw new ScriptError("cannot write to the standard error: " + e.getMessage());
        }
    }

    @Override
    public String key() {
        return KIND;
    }

    @Override
    public void close() {
        // It belongs to the process.
    }
}

package dev.domin.cli.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes output on, and keeps its lines for the page. A line that is not complete yet is not kept. */
final class ShownOutput extends OutputStream {

    private static final int MAX_LINE = 64 << 10;

    private final OutputStream out;
    private final OutputRing ring;
    private final String stream;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(); // guarded by itself

    ShownOutput(OutputStream out, OutputRing ring, String stream) {
        this.out = out;
        this.ring = ring;
        this.stream = stream;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        synchronized (line) {
            int start = offset;
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n' || line.size() + i - start >= MAX_LINE) {
                    line.write(bytes, start, i - start);
                    ring.add(stream, line.toString(UTF_8));
                    line.reset();
                    start = bytes[i] == '\n' ? i + 1 : i;
                }
            }
            line.write(bytes, start, offset + length - start);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

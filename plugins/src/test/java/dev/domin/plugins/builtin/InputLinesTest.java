package dev.domin.plugins.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ScriptError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InputLinesTest {

    private final List<FakeScriptContext> contexts = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var context : contexts) {
            context.end();
        }
    }

    @Test
    void shouldGiveLinesWithoutTheirEnds() {
        assertThat(linesOf("one\ntwo\r\n\nlast")).containsExactly("one", "two", "", "last");
        assertThat(linesOf("one\n")).containsExactly("one");
        assertThat(linesOf("\r\n\r")).containsExactly("", "\r");
        assertThat(linesOf("")).isEmpty();
    }

    @Test
    void shouldGiveLinesThatAreLongerThanTheBuffer() {
        String longLine = "x".repeat(100_000);
        assertThat(linesOf(longLine + "\n" + longLine)).containsExactly(longLine, longLine);
    }

    @Test
    void shouldEndALineAtItsFirstZeroByteAsEveryString() {
        assertThat(linesOf("a\0b\nc\n")).containsExactly("a", "c");
    }

    @Test
    void shouldNotReadBeforeTheScriptAsks() throws IOException {
        var input = new CountingStream();
        var os = start(input);
        os.argCount();
        assertThat(input.reads).isZero();
        assertThat(os.readLine()).isEqualTo("line");
    }

    @Test
    void shouldGiveALineWhileTheNextIsNotThere() throws IOException {
        var writer = new PipedOutputStream();
        var os = start(new PipedInputStream(writer));
        writer.write("first\nsec".getBytes(StandardCharsets.US_ASCII));
        writer.flush();
        assertThat(os.readLine()).isEqualTo("first");
        writer.write("ond\n".getBytes(StandardCharsets.US_ASCII));
        writer.close();
        assertThat(os.atEnd()).isZero();
        assertThat(os.readLine()).isEqualTo("second");
        assertThat(os.atEnd()).isEqualTo(1);
        assertThat(os.readLine()).isEmpty();
    }

    @Test
    void shouldBeCancelledWhileItWaits() throws IOException, InterruptedException {
        try (var writer = new PipedOutputStream()) {
            var os = start(new PipedInputStream(writer));
            var unwound = new ArrayList<Throwable>();
            var script = new Thread(() -> {
                try {
                    os.readLine();
                } catch (FakeScriptContext.Unwound e) {
                    unwound.add(e);
                }
            });
            script.start();
            Awaitility.await().until(() -> script.getState() == Thread.State.WAITING);
            script.interrupt();
            assertThat(script.join(Duration.ofSeconds(30))).isTrue();
            assertThat(unwound).hasSize(1);
        }
    }

    @Test
    void shouldSayWhyTheInputCannotBeRead() {
        var os = start(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(os::readLine)
                .withMessage("cannot read the standard input: Input/output error");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(os::atEnd);
    }

    @Test
    void shouldEndItsThreadWithTheScript() throws InterruptedException {
        var context =
                new FakeScriptContext().withIn(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.US_ASCII)));
        var os = new OsPlugin();
        os.start(context);
        long before = inputThreads();
        os.readLine();
        context.end();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> inputThreads() <= before);
    }

    private static long inputThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("domin-input"))
                .count();
    }

    private List<String> linesOf(String input) {
        var os = start(new ByteArrayInputStream(input.getBytes(StandardCharsets.US_ASCII)));
        var lines = new ArrayList<String>();
        while (os.atEnd() == 0) {
            lines.add(os.readLine());
        }
        return lines;
    }

    private OsPlugin start(InputStream input) {
        var os = new OsPlugin();
        var context = new FakeScriptContext().withIn(input);
        os.start(context);
        contexts.add(context);
        return os;
    }

    private static final class CountingStream extends InputStream {

        private final InputStream content = new ByteArrayInputStream("line\n".getBytes(StandardCharsets.US_ASCII));
        private int reads;

        @Override
        public int read() throws IOException {
            reads++;
            return content.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            reads++;
            return content.read(bytes, offset, length);
        }
    }
}

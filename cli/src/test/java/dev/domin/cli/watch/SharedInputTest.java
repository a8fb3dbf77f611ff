package dev.domin.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedInputTest {

    @Test
    void shouldGiveTheNextVersionWhatTheOneBeforeHasNotRead() throws Exception {
        var input = new SharedInput(new ByteArrayInputStream("one\ntwo\nthree".getBytes(UTF_8)));
        var first = input.open();
        assertThat(piece(first)).isEqualTo("one\n");
        first.close();
        assertThat(piece(first)).isEmpty();
        var second = input.open();
        assertThat(piece(second)).isEqualTo("two\n");
        assertThat(piece(second)).isEqualTo("three");
        assertThat(piece(second)).isEmpty();
        assertThat(piece(input.open())).isEmpty();
    }

    @Test
    void shouldEndAReadThatWaitsAndLeaveTheInputToTheNextVersion() throws Exception {
        try (var writer = new PipedOutputStream();
                var pipe = new PipedInputStream(writer)) {
            var input = new SharedInput(pipe);
            var first = input.open();
            var waiting = new CompletableFuture<String>();
            var reader = new Thread(() -> waiting.complete(piece(first)));
            reader.start();
            await().until(() -> reader.getState() == Thread.State.WAITING);
            first.close();
            assertThat(waiting.get()).isEmpty();
            var second = input.open();
            writer.write("for the second\n".getBytes(UTF_8));
            writer.flush();
            assertThat(piece(second)).isEqualTo("for the second\n");
        }
    }

    /** {@return what one read returns; empty at the end} */
    private static String piece(InputStream in) {
        byte[] bytes = new byte[100];
        try {
            return new String(bytes, 0, Math.max(0, in.read(bytes)), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

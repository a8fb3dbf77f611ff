package dev.domin.plugins.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintPluginTest {

    @Test
    void shouldWriteBytesAndCountThem() {
        var context = new FakeScriptContext();
        var print = new PrintPlugin();
        print.start(context);

        int count = print.printf("%s=%d\n", "\u00C3\u00A9", 7);

        assertThat(count).isEqualTo(5);
        assertThat(context.printed()).isEqualTo("é=7\n");
        assertThat(context.written()).hasSize(5);
    }

    @Test
    void shouldWriteInOnePieceAndFlush() {
        List<String> seen = new ArrayList<>();
        var print = started(new OutputStream() {
            @Override
            public void write(int b) {
                seen.add("byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                seen.add("write " + length);
            }

            @Override
            public void flush() {
                seen.add("flush");
            }
        });

        print.printf("%d and %d\n", 1, 2);

        assertThat(seen).containsExactly("write 8", "flush");
    }

    @Test
    void shouldWriteNothingWhenTheValuesDoNotFit() {
        var context = new FakeScriptContext();
        var print = new PrintPlugin();
        print.start(context);

        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> print.printf("one %d two %d\n", 1));
        assertThat(context.written()).isEmpty();
    }

    @Test
    void shouldReportABrokenOutput() {
        var print = started(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> print.printf("hello"))
                .withMessage("cannot write to the standard output: Broken pipe");
    }

    private static PrintPlugin started(OutputStream out) {
        var print = new PrintPlugin();
        print.start(new FakeScriptContext().withOut(out));
        return print;
    }
}

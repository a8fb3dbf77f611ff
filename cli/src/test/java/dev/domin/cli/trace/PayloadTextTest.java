package dev.domin.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTextTest {

    @Test
    void shouldShowTextAsText() {
        assertThat(start("hello")).isEqualTo("\"hello\"");
        assertThat(start("a\r\n\"b\\")).isEqualTo("\"a\\r\\n\\\"b\\\\\"");
        assertThat(start("")).isEqualTo("(empty)");
        assertThat(start("x".repeat(40))).isEqualTo("\"" + "x".repeat(40) + "\"");
        assertThat(start("x".repeat(41))).isEqualTo("\"" + "x".repeat(40) + "\"...");
    }

    @Test
    void shouldShowOtherBytesInHex() {
        assertThat(start("\u001b[31m")).isEqualTo("hex 1b5b33316d");
        assertThat(start("a\u0000")).isEqualTo("hex 6100");
        assertThat(PayloadText.start(new byte[] {1, (byte) 0xFF, 2}, 1, 1)).isEqualTo("hex ff");
        assertThat(PayloadText.start(new byte[21], 0, 21)).isEqualTo("hex " + "00".repeat(20) + "...");
    }

    private static String start(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return PayloadText.start(bytes, 0, bytes.length);
    }
}

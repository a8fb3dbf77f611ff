package dev.domin.testkit;

import static dev.domin.testkit.Match.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HexTest {

    @Test
    void shouldShowTextsInUtf8() {
        assertThat(text("blau ü 😀")).hasToString("text \"blau ü 😀\"");
        assertThat(text("日本" + "語".repeat(60))).hasToString("text \"日本" + "語".repeat(46) + "\"...");
        assertThat(text("a\u202eb\u00a0\u2028\n")).hasToString("text \"a\\u{202e}b\\u{a0}\\u{2028}\\n\"");
        assertThat(text("ü\u0000")).hasToString("text c3 bc 00");
        assertThat(text("ü\u0085")).hasToString("text c3 bc c2 85");
        assertThat(Reply.bytes((byte) 'a', (byte) 0xc3)).hasToString("61 c3");
    }

    @Test
    void shouldSayWhatIsNoHexadecimal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reply.hex("0g"))
                .withMessage("`0g` are no hexadecimal bytes: write pairs of digits, such as \"01 0f\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.hex("012"));
    }
}

package dev.domin.lang.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTextTest {

    @Test
    void shouldLeavePrintableTextAlone() {
        String text = "`C:\\temp` grün 日本 \ud83d\ude00 e\u0301";
        assertThat(MessageText.escape(text)).isEqualTo(text);
        String plain = "plain";
        assertThat(MessageText.escape(plain)).isSameAs(plain);
    }

    @Test
    void shouldEscapeControlCharacters() {
        assertThat(MessageText.escape("a\0b\u001b[2J\u007f")).isEqualTo("a\\x00b\\x1b[2J\\x7f");
        assertThat(MessageText.escape("one\r\n\ttwo")).isEqualTo("one\\r\\n\\ttwo");
        assertThat(MessageText.escape("\u009b31m\u0085")).isEqualTo("\\xc2\\x9b31m\\xc2\\x85");
    }

    @Test
    void shouldEscapeWhatIsNotSeen() {
        assertThat(MessageText.escape("\u202etxt\u2066\u200b\ufeff"))
                .isEqualTo("\\xe2\\x80\\xaetxt\\xe2\\x81\\xa6\\xe2\\x80\\x8b\\xef\\xbb\\xbf");
        assertThat(MessageText.escape("\u2028\u2029")).isEqualTo("\\xe2\\x80\\xa8\\xe2\\x80\\xa9");
        assertThat(MessageText.escape("\udb40\udc01")).isEqualTo("\\xf3\\xa0\\x80\\x81"); // a language tag
        assertThat(MessageText.escape("\udc00")).isEqualTo("\\xed\\xb0\\x80");
    }

    @Test
    void shouldLeaveItsOwnResultAlone() {
        String once = MessageText.escape("\u001b\n\u202e");
        assertThat(MessageText.escape(once)).isEqualTo(once);
    }
}

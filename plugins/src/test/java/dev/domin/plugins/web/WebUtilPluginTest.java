package dev.domin.plugins.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebUtilPluginTest {

    private final WebUtilPlugin web = new WebUtilPlugin();

    @BeforeEach
    void start() {
        web.start(new FakeScriptContext());
    }

    @Test
    void shouldEncodeEverythingThatIsNotUnreserved() {
        assertThat(web.urlEncode("AZaz09-._~")).isEqualTo("AZaz09-._~");
        assertThat(web.urlEncode(" !*'();:@&=+$,/?#[]%"))
                .isEqualTo("%20%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D%25");
        assertThat(web.urlEncode(ByteStrings.fromText("ä"))).isEqualTo("%C3%A4");
    }

    @Test
    void shouldDecodeWhatItEncodes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(web.urlDecodeBlob(web.urlEncodeBlob(Blob.of(all))).toByteArray())
                .isEqualTo(all);
        assertThat(web.urlDecode("a+b%2b%2B")).isEqualTo("a+b++");
    }

    @ParameterizedTest
    @CsvSource({"%, 0", "a%4, 1", "a%zz, 1", "%4g, 0", "ab%, 2"})
    void shouldRefuseAPercentSignWithoutDigits(String text, int at) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> web.urlDecode(text))
                .withMessage("two hexadecimal digits have to follow the `%` at byte " + at + " of the text");
    }

    @Test
    void shouldNotLoseWhatStandsBehindAZeroByte() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> web.urlDecode("a%00b"))
                .withMessage("the result holds a 0 byte, at 1, where a string would end");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> web.base64Decode("AAAA"))
                .withMessage("the result holds a 0 byte, at 0, where a string would end");
    }

    @Test
    void shouldAgreeWithTheJdkOnBase64() {
        var random = new Random(1);
        for (int length : new int[] {0, 1, 2, 3, 4, 5, 49_151, 49_152, 49_153, 150_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String text = Base64.getEncoder().encodeToString(bytes);
            assertThat(web.base64EncodeBlob(Blob.of(bytes))).isEqualTo(text);
            assertThat(web.base64DecodeBlob(text).toByteArray()).isEqualTo(bytes);
        }
        assertThat(web.base64Encode("foob")).isEqualTo("Zm9vYg==");
        assertThat(web.base64Decode("Zm9vYg==")).isEqualTo("foob");
    }

    @ParameterizedTest
    @CsvSource({
        "Zm9v!mFy, 'byte 4 of the text does not belong to Base64, its value is 33'",
        "'Zm9v\n', 'byte 4 of the text does not belong to Base64, its value is 10'",
        "Zm=v, 'byte 2 of the text does not belong to Base64, its value is 61'",
        "Z===, 'byte 1 of the text does not belong to Base64, its value is 61'",
        "====, 'byte 0 of the text does not belong to Base64, its value is 61'",
        "Zm9vYg, 'the text has 6 bytes, but Base64 comes in groups of 4'",
        "Zm9vY, 'the text has 5 bytes, but Base64 comes in groups of 4'",
        "=, 'the text has 1 bytes, but Base64 comes in groups of 4'",
        "Zm9v_-==, 'byte 4 of the text does not belong to Base64, its value is 95'"
    })
    void shouldRefuseWhatIsNotBase64(String text, String message) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> web.base64Decode(text))
                .withMessage(message);
    }

    @Test
    void shouldEscapeForHtmlAndBack() {
        assertThat(web.htmlEscape("<a href=\"x\">R&D's</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;");
        assertThat(web.htmlUnescape("&lt;a href=&quot;x&quot;&gt;R&amp;D&#39;s&lt;/a&gt;"))
                .isEqualTo("<a href=\"x\">R&D's</a>");
        assertThat(web.htmlUnescape("&amp;lt;")).isEqualTo("&lt;");
    }

    @Test
    void shouldUnescapeCharactersByTheirNumber() {
        assertThat(web.htmlUnescape("&#228;&#xe4;&#X1F600;")).isEqualTo(ByteStrings.fromText("ää\uD83D\uDE00"));
        assertThat(web.htmlUnescape("&apos;")).isEqualTo("'");
    }

    @ParameterizedTest
    @CsvSource({"&", "&;", "&nbsp;", "&#;", "&#x;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&amp", "a & b;"
    })
    void shouldLeaveEverythingElseAsItIs(String text) {
        assertThat(web.htmlUnescape(text)).isEqualTo(text);
    }

    @Test
    void shouldBeCancelledInLongWork() {
        var cancelled = new WebUtilPlugin();
        cancelled.start(new FakeScriptContext().cancelledAtCheck(2));
        String text = "%41".repeat(1 << 18);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(() -> cancelled.urlDecode(text));
    }
}

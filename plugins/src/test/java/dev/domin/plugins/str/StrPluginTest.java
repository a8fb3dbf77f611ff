package dev.domin.plugins.str;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ScriptError;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrPluginTest {

    private final FakeScriptContext run = new FakeScriptContext();
    private final StrPlugin str = new StrPlugin();

    @BeforeEach
    void start() {
        str.start(run);
    }

    @Test
    void shouldCountAndReadBytes() {
        assertThat(StrPlugin.len("\u00C3\u00A9")).isEqualTo(2);
        assertThat(StrPlugin.charAt("\u00C3\u00A9", 1)).isEqualTo(0xA9);
        assertThat(StrPlugin.fromChar(0xA9)).isEqualTo("\u00A9");
        assertFails("index 1 is outside the string, which has 1 byte", () -> StrPlugin.charAt("a", 1));
        assertFails("index -1 is outside the string, which has 2 bytes", () -> StrPlugin.charAt("ab", -1));
        assertFails("value is 0, but a byte of a string is 1 to 255", () -> StrPlugin.fromChar(0));
        assertFails("value is 256, but a byte of a string is 1 to 255", () -> StrPlugin.fromChar(256));
    }

    @Test
    void shouldFind() {
        assertThat(str.find("a=b=c", "=")).isEqualTo(1);
        assertThat(str.find("abc", "=")).isEqualTo(-1);
        assertThat(str.find("abc", "")).isEqualTo(0);
        assertThat(str.findFrom("a=b=c", "=", 2)).isEqualTo(3);
        assertThat(str.findFrom("a=b=c", "=", 5)).isEqualTo(-1);
        assertFails("from is 6, but the string has 5 bytes", () -> str.findFrom("a=b=c", "=", 6));
    }

    @Test
    void shouldCopyParts() {
        assertThat(StrPlugin.sub("hello", 1, 3)).isEqualTo("ell");
        assertThat(StrPlugin.sub("hello", 1, -1)).isEqualTo("ello");
        assertThat(StrPlugin.sub("hello", 3, Long.MAX_VALUE)).isEqualTo("lo");
        assertThat(StrPlugin.sub("hello", 5, 1)).isEmpty();
        assertThat(StrPlugin.sub("hello", 2, 0)).isEmpty();
        assertFails("start is 6, but the string has 5 bytes", () -> StrPlugin.sub("hello", 6, 0));
        assertFails("length is -2, but it is 0 or more, or -1 for no limit", () -> StrPlugin.sub("hello", 0, -2));
    }

    @Test
    void shouldFoldOnlyAsciiLetters() {
        assertThat(str.upper("az@[`{\u00E9")).isEqualTo("AZ@[`{\u00E9");
        assertThat(str.lower("AZ@[`{\u00C9")).isEqualTo("az@[`{\u00C9");
        assertThat(str.trim(" \t\r\n a b \u000B")).isEqualTo("a b");
        assertThat(str.trim(" \n")).isEmpty();
    }

    @Test
    void shouldReplaceFromLeftToRight() {
        assertThat(str.replace("aaa", "aa", "b")).isEqualTo("ba");
        assertThat(str.replace("a-b-", "-", "--")).isEqualTo("a--b--");
        assertThat(str.replace("a-b", "-", "")).isEqualTo("ab");
        assertFails("old is empty, so there is nothing to search for", () -> str.replace("a", "", "b"));
    }

    @Test
    void shouldCompareBytes() {
        assertThat(StrPlugin.startsWith("GET /", "GET")).isEqualTo(1);
        assertThat(StrPlugin.startsWith("GE", "GET")).isEqualTo(0);
        assertThat(StrPlugin.endsWith("a.txt", ".txt")).isEqualTo(1);
        assertThat(StrPlugin.endsWith("a.txt", ".dom")).isEqualTo(0);
        assertThat(StrPlugin.compare("a", "b")).isEqualTo(-1);
        assertThat(StrPlugin.compare("\u00E9", "z")).isEqualTo(1);
        assertThat(StrPlugin.compare("abc", "ab")).isEqualTo(1);
        assertThat(str.compareNoCase("EXAMPLE", "example")).isEqualTo(0);
        assertThat(str.compareNoCase("B", "a")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a,,b ; 3
            , ; 2
            '' ; 1
            abc ; 1
            """)
    void shouldSplitIntoAsManyPartsAsItCounts(String s, int count) {
        assertThat(str.splitCount(s, ",")).isEqualTo(count);
        var joined = new StringBuilder(str.splitPart(s, ",", 0));
        for (int i = 1; i < count; i++) {
            joined.append(',').append(str.splitPart(s, ",", i));
        }
        assertThat(joined).hasToString(s);
        assertFails("there is no part " + count + "; the string has " + count, () -> str.splitPart(s, ",", count));
        assertFails("there is no part -1; the string has " + count, () -> str.splitPart(s, ",", -1));
    }

    @Test
    void shouldSplitAtLongSeparators() {
        assertThat(str.splitCount("a::b:c", "::")).isEqualTo(2);
        assertThat(str.splitPart("a::b:c", "::", 1)).isEqualTo("b:c");
        assertFails("the separator is empty", () -> str.splitCount("a", ""));
        assertFails("the separator is empty", () -> str.splitPart("a", "", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+7, 7",
        "007, 7",
        "0x1F, 31",
        "-0xff, -255",
        "0X7fffffffffffffff, 9223372036854775807",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "-0x8000000000000000, -9223372036854775808"
    })
    void shouldReadIntegers(String s, long value) {
        assertThat(str.isInt(s)).isEqualTo(1);
        assertThat(str.toInt(s)).isEqualTo(value);
        assertThat(str.toInt("\t " + s + "\r\n")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                "0x",
                "x1",
                "12a",
                "1 2",
                "--1",
                "- 1",
                "1.0",
                "1e3",
                "0x1g",
                "9223372036854775808",
                "-9223372036854775809",
                "0x8000000000000000",
                "99999999999999999999999",
                "\u00B2"
            })
    void shouldRefuseOtherTextThanAnInteger(String s) {
        assertThat(str.isInt(s)).isEqualTo(0);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> str.toInt(s))
                .withMessageStartingWith("\"")
                .withMessageEndingWith("\" is no integer of at most 64 bits");
    }

    @Test
    void shouldQuoteOnlyTheStartOfALongString() {
        assertFails(
                "\"ab\\n\\xe9cdefghijklmnopqrstuvwxyz0123456789AB...\" is no integer of at most 64 bits",
                () -> str.toInt("ab\n\u00E9cdefghijklmnopqrstuvwxyz0123456789ABCDEF"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-2.5, -2.5",
        "+.5, 0.5",
        "5., 5",
        "1e3, 1000",
        "1.5E-3, 0.0015",
        "-2e+2, -200",
        "1e999, Infinity"
    })
    void shouldReadDoubles(String s, double value) {
        assertThat(str.isDouble(s)).isEqualTo(1);
        assertThat(str.toDouble(" " + s + "\n")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "-", "e3", "1e", "1e+", "1d", "1f", "0x1p3", "NaN", "inf", "1,5", "1 2", "--1"})
    void shouldRefuseOtherTextThanADouble(String s) {
        assertThat(str.isDouble(s)).isEqualTo(0);
        assertFails("\"" + s + "\" is no number", () -> str.toDouble(s));
    }

    @Test
    void shouldWriteNumbers() {
        assertThat(StrPlugin.fromInt(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(StrPlugin.fromDouble(2.5, 0)).isEqualTo("2");
        assertThat(StrPlugin.fromDouble(-1.0 / 3, 4)).isEqualTo("-0.3333");
        assertThat(StrPlugin.hex(255, 1)).isEqualTo("ff");
        assertThat(StrPlugin.hex(0, 4)).isEqualTo("0000");
        assertThat(StrPlugin.hex(-1, 2)).isEqualTo("ffffffffffffffff");
        assertFails("decimals is -1, but it is 0 to 1000", () -> StrPlugin.fromDouble(1, -1));
        assertFails("digits is 17, but it is 1 to 16", () -> StrPlugin.hex(1, 17));
    }

    @Test
    void shouldRepeat() {
        assertThat(StrPlugin.repeat("ab", 3)).isEqualTo("ababab");
        assertThat(StrPlugin.repeat("ab", 0)).isEmpty();
        assertThat(StrPlugin.repeat("", Long.MAX_VALUE)).isEmpty();
        assertFails("count is -1, but it is 0 or more", () -> StrPlugin.repeat("a", -1));
        assertFails(
                "the value would have 9223372036854775807 bytes, and the limit is 67108864",
                () -> StrPlugin.repeat("ab", Long.MAX_VALUE));
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(sentence);
    }
}

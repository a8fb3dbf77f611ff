package dev.domin.plugins.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.IntRef;
import dev.domin.spi.ScriptError;
import dev.domin.spi.engine.BlobAccess;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobPluginTest {

    private final FakeScriptContext run = new FakeScriptContext();
    private final BlobPlugin plugin = new BlobPlugin();

    @BeforeEach
    void start() {
        plugin.start(run);
    }

    @Test
    void shouldConvertTextToABlobAndBack() {
        var blob = BlobPlugin.fromText("\u00C3\u00A9!");

        assertThat(blob.toByteArray()).containsExactly(0xC3, 0xA9, '!');
        assertThat(plugin.toText(blob)).isEqualTo("\u00C3\u00A9!");
        assertThat(plugin.toText(hex("41 00 42"))).isEqualTo("A");
        assertThat(plugin.toText(new Blob())).isEmpty();
    }

    @Test
    void shouldDumpFullAndPartLines() {
        byte[] bytes = new byte[18];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x7A + i);
        }

        assertThat(plugin.toDump(Blob.of(bytes))).isEqualTo("""
                        00000000  7a 7b 7c 7d 7e 7f 80 81  82 83 84 85 86 87 88 89  |z{|}~...........|
                        00000010  8a 8b                                             |..|
                        """);
        assertThat(plugin.toDump(hex("48 69 21 0a 41 42 43 44 45")))
                .isEqualTo("00000000  48 69 21 0a 41 42 43 44  45                       |Hi!.ABCDE|\n");
        assertThat(plugin.toDump(new Blob())).isEmpty();
    }

    @Test
    void shouldDumpOnlyTheContentOfABorrowedArray() {
        var blob = new Blob();
        BlobAccess.borrow(blob, "hello world".getBytes(StandardCharsets.US_ASCII), 5);

        assertThat(plugin.toDump(blob)).endsWith("|hello|\n");
        assertThat(plugin.toHex(blob)).isEqualTo("68656c6c6f");
        assertThat(plugin.toText(blob)).isEqualTo("hello");
        assertThat(plugin.find(blob, BlobPlugin.fromText("world"), 0)).isEqualTo(-1);
        assertThat(BlobPlugin.concat(blob, blob).toByteArray()).hasSize(10);
    }

    @Test
    void shouldJoinWithoutChangingTheParts() {
        var first = hex("01 02");
        var joined = BlobPlugin.concat(first, hex("03"));
        first.set(0, 9);

        assertThat(joined.toByteArray()).containsExactly(1, 2, 3);
        assertThat(BlobPlugin.concat(new Blob(), new Blob()).length()).isZero();
    }

    @Test
    void shouldJoinAsManyAsThereAre() {
        assertThat(BlobPlugin.concat(hex("01"), hex("02 03"), hex(""), hex("04"), hex("05"))
                        .toByteArray())
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void shouldRefuseToJoinOtherTypes() {
        assertFails(
                "argument 4 (more) takes blob, got string",
                () -> BlobPlugin.concat(hex("01"), hex("02"), hex("03"), "04"));
        assertFails("argument 3 (more) takes blob, got i32", () -> BlobPlugin.concat(hex("01"), hex("02"), 3));
        assertFails("argument 3 (more) takes blob, got double", () -> BlobPlugin.concat(hex("01"), hex("02"), 0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "500, 2, 1, 01f4",
        "500, 2, 0, f401",
        "500, 1, 1, f4",
        "-2, 4, 0, feffffff",
        "500, 8, 1, 00000000000001f4",
        "-1, 3, 1, ffffff"
    })
    void shouldConvertAnIntegerToABlob(long value, int bytes, int bigEndian, String expected) {
        assertThat(plugin.toHex(BlobPlugin.fromInt(value, bytes, bigEndian))).isEqualTo(expected);
    }

    @Test
    void shouldRefuseAnIntegerOfAWrongSize() {
        assertFails("bytes is 0, but a number has 1 to 8 bytes", () -> BlobPlugin.fromInt(1, 0, 1));
        assertFails("bytes is 9, but a number has 1 to 8 bytes", () -> BlobPlugin.fromInt(1, 9, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "2, 2", "3, -1", "6, -1"})
    void shouldFindFromAnIndexOn(int from, int found) {
        assertThat(plugin.find(hex("00 01 00 01 02 00"), hex(from == 0 ? "00 01" : "00 01 02"), from))
                .isEqualTo(found);
    }

    @Test
    void shouldFindAnEmptyNeedleAndRefuseAnIndexOutside() {
        assertThat(plugin.find(hex("01 02"), new Blob(), 2)).isEqualTo(2);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> plugin.find(hex("01 02"), hex("02"), 3))
                .withMessage("from is 3, but the blob has 2 bytes");
    }

    @Test
    void shouldFindIgnoringCase() {
        var blob = text("Via: a\r\nvia: b");
        assertThat(plugin.findNoCase(blob, text("VIA:"), 0)).isZero();
        assertThat(plugin.findNoCase(blob, text("VIA:"), 1)).isEqualTo(8);
        assertThat(plugin.findNoCase(blob, text("VIA:"), 9)).isEqualTo(-1);
        assertThat(plugin.findNoCase(hex("00 41 5b"), hex("61 7b"), 0)).isEqualTo(-1); // no letters
        assertFails("from is -1, but the blob has 14 bytes", () -> plugin.findNoCase(blob, text("x"), -1));
    }

    @Test
    @Timeout(60)
    void shouldFindALongNeedleThatAlmostOccursEverywhere() {
        var blob = text("a".repeat(20_000_000));
        var needle = text("a".repeat(1_000_000) + "B");
        assertThat(plugin.find(blob, needle, 0)).isEqualTo(-1);
        assertThat(plugin.findNoCase(blob, needle, 0)).isEqualTo(-1);
        assertThat(plugin.find(blob, text("a".repeat(1_000_000)), 7)).isEqualTo(7);
        var at = new IntRef(0);
        assertThat(plugin.splitNext(blob, needle, at).length()).isEqualTo(20_000_000);
        assertThat(at.value).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            a,,b ; a||b
            , ; |
            '' ; ''
            abc ; abc
            a,b\0, ; a|b\0|
            \0,\0 ; \0|\0
            """)
    void shouldSplit(String s, String parts) {
        var blob = text(s.replace("\\0", "\0"));
        var joined = new StringBuilder();
        var at = new IntRef(0);
        while (at.value >= 0) {
            joined.append(joined.isEmpty() && at.value == 0 ? "" : "|")
                    .append(string(plugin.splitNext(blob, text(","), at)));
        }
        assertThat(joined).hasToString(parts.replace("\\0", "\0"));
        assertThat(plugin.splitNext(blob, text(","), at).length()).isZero();
        assertThat(at.value).isEqualTo(-1);
    }

    @Test
    void shouldSplitFromAnyIndexOn() {
        var at = new IntRef(3);
        assertThat(string(plugin.splitNext(text("a::b::c"), text("::"), at))).isEqualTo("b");
        assertThat(at.value).isEqualTo(6);
        at.value = 2; // in the middle of a separator
        assertThat(string(plugin.splitNext(text("a::b::c"), text("::"), at))).isEqualTo(":b");
        at.value = 7;
        assertThat(plugin.splitNext(text("a::b::c"), text("::"), at).length()).isZero();
        assertThat(at.value).isEqualTo(-1);
    }

    @Test
    void shouldRefuseToSplitWithoutASeparatorOrOutside() {
        assertFails("the separator is empty", () -> plugin.splitNext(text("ab"), new Blob(), new IntRef(0)));
        assertFails("at is 3, but the blob has 2 bytes", () -> plugin.splitNext(text("ab"), text(","), new IntRef(3)));
        assertFails(
                "at is -2, but the blob has 2 bytes", () -> plugin.splitNext(text("ab"), text(","), new IntRef(-2)));
    }

    @Test
    void shouldChangeAndCompareBytesAndKeepThoseAfterAZero() {
        assertThat(string(plugin.trim(text(" \t\r\n\u000B a\0 b\0 \n")))).isEqualTo("a\0 b\0");
        assertThat(plugin.trim(text(" \n ")).length()).isZero();
        assertThat(plugin.trim(new Blob()).length()).isZero();
        assertThat(string(plugin.lower(text("AZ@[\0B\u00C9")))).isEqualTo("az@[\0b\u00C9");
        assertThat(string(plugin.upper(text("az`{\0b\u00E9")))).isEqualTo("AZ`{\0B\u00E9");
        assertThat(plugin.equalNoCase(text("a\0B"), text("A\0b"))).isEqualTo(1);
        assertThat(plugin.equalNoCase(text("a\0B"), text("A\0c"))).isZero();
        assertThat(plugin.equalNoCase(text("a"), text("a\0"))).isZero();
        assertThat(plugin.equalNoCase(text("@"), text("`"))).isZero();
        assertThat(BlobPlugin.startsWith(text("a\0b"), text("a\0"))).isEqualTo(1);
        assertThat(BlobPlugin.startsWith(text("a"), text("a\0"))).isZero();
        assertThat(BlobPlugin.startsWith(text("a"), text("a"))).isEqualTo(1);
        assertThat(BlobPlugin.endsWith(text("a\0b"), text("\0b"))).isEqualTo(1);
        assertThat(BlobPlugin.endsWith(text("b"), text("ab"))).isZero();
        assertThat(BlobPlugin.endsWith(text("ab"), text("a"))).isZero();
    }

    @Test
    void shouldNotChangeItsArguments() {
        byte[] lent = "Ab cd".getBytes(StandardCharsets.US_ASCII);
        var blob = new Blob();
        BlobAccess.borrow(blob, lent, 3);
        assertThat(string(plugin.lower(blob))).isEqualTo("ab ");
        assertThat(string(plugin.upper(blob))).isEqualTo("AB ");
        assertThat(string(plugin.trim(blob))).isEqualTo("Ab");
        assertThat(plugin.escape(blob)).isEqualTo("Ab ");
        assertThat(plugin.findNoCase(blob, text("c"), 0)).isEqualTo(-1);
        assertThat(BlobPlugin.endsWith(blob, text("b "))).isEqualTo(1);
        assertThat(lent).isEqualTo("Ab cd".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldEscapeAnyNumberOfBytes() {
        assertThat(plugin.escape(hex("41 00 1b 5b c3 a9 ff 5c"))).isEqualTo("A\\x00\\x1b[\u00C3\u00A9\\xff\\\\");
        var euros = text("\u00E2\u0082\u00AC".repeat(100_000) + "\n");
        assertThat(plugin.escape(euros)).isEqualTo("\u00E2\u0082\u00AC".repeat(100_000) + "\\n");
        assertThat(plugin.escape(text("\u0080".repeat(100_000)))).isEqualTo("\\x80".repeat(100_000));
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        var blob = text("a".repeat(1_000_000));
        assertCancelled(() -> plugin.toText(blob));
        assertCancelled(() -> plugin.toDump(blob));
        assertCancelled(() -> plugin.toHex(blob));
        assertCancelled(() -> plugin.fromHex("00".repeat(1_000_000)));
        assertCancelled(() -> plugin.find(blob, text("b"), 0));
        assertCancelled(() -> plugin.findNoCase(blob, text("aaaaaaaaaaab"), 0));
        assertCancelled(() -> plugin.splitNext(blob, text("b"), new IntRef(0)));
        assertCancelled(() -> plugin.lower(blob));
        assertCancelled(() -> plugin.upper(blob));
        assertCancelled(() -> plugin.equalNoCase(blob, text("A".repeat(1_000_000))));
        assertCancelled(() -> plugin.escape(blob));
        assertCancelled(() -> plugin.trim(text(" ".repeat(1_000_000))));
        assertCancelled(() -> plugin.trim(text("a" + " ".repeat(1_000_000))));
    }

    private void assertCancelled(Runnable call) {
        run.cancelledAtCheck(2);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(call::run);
    }

    private static Blob text(String text) {
        return Blob.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String string(Blob blob) {
        return new String(blob.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldReadAndWriteHex() {
        assertThat(hex(" 00ff\n7F a0 ").toByteArray()).containsExactly(0, 0xFF, 0x7F, 0xA0);
        assertThat(plugin.toHex(hex("00FF7fA0"))).isEqualTo("00ff7fa0");
        assertThat(hex("").length()).isZero();
        assertThat(plugin.toHex(new Blob())).isEmpty();
    }

    @Test
    void shouldReportWrongHex() {
        assertFails("the digit at byte 3 has no second digit; a byte has two", () -> hex("01 2"));
        assertFails("byte 1 of the text is not a hexadecimal digit, its value is 120", () -> hex("0x10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0g", "zz", "0x10", "\u00e9\u00e9", "1 23"})
    void shouldRefuseOtherTextThanHex(String text) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> hex(text)).withMessageStartingWith("");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1",
        "0, 2, 1, 258",
        "0, 2, 0, 513",
        "1, 3, 1, 131844",
        "5, 1, 0, 254",
        "4, 4, 1, 100597759",
        "0, 8, 1, 72623859806699519",
        "0, 8, 0, -2177481113087"
    })
    void shouldReadIntegers(int offset, int bytes, int bigEndian, long value) {
        assertThat(BlobPlugin.getInt(hex("01 02 03 04 05 fe ff ff"), offset, bytes, bigEndian))
                .isEqualTo(value);
    }

    @Test
    void shouldWriteIntegersInPlace() {
        byte[] lent = new byte[6];
        var blob = new Blob();
        BlobAccess.borrow(blob, lent, 6);

        BlobPlugin.setInt(blob, 0, 2, 1, 0x1234);
        BlobPlugin.setInt(blob, 2, 3, 0, 0xFF563412L);
        BlobPlugin.setInt(blob, 5, 1, 1, -1);

        assertThat(lent).containsExactly(0x12, 0x34, 0x12, 0x34, 0x56, 0xFF);
        assertThat(blob.wasAssigned()).isFalse();
    }

    @Test
    void shouldReadBackWhatItWrote() {
        var blob = new Blob(8);
        BlobPlugin.setInt(blob, 0, 8, 1, Long.MIN_VALUE + 7);

        assertThat(BlobPlugin.getInt(blob, 0, 8, 1)).isEqualTo(Long.MIN_VALUE + 7);
    }

    @Test
    void shouldRefuseNumbersOutsideTheBlob() {
        var blob = new Blob(4);
        assertFails("4 bytes at offset 1 are not inside the blob, which has 4", () -> BlobPlugin.getInt(blob, 1, 4, 1));
        assertFails(
                "1 byte at offset -1 are not inside the blob, which has 4", () -> BlobPlugin.setInt(blob, -1, 1, 1, 0));
        assertFails("8 bytes at offset 0 are not inside the blob, which has 4", () -> BlobPlugin.getInt(blob, 0, 8, 1));
        assertFails("bytes is 9, but a number has 1 to 8 bytes", () -> BlobPlugin.getInt(blob, 0, 9, 1));
        assertFails("bytes is 0, but a number has 1 to 8 bytes", () -> BlobPlugin.setInt(blob, 0, 0, 1, 1));
        assertFails(
                "1 byte at offset 9223372036854775807 are not inside the blob, which has 4",
                () -> BlobPlugin.getInt(blob, Long.MAX_VALUE, 1, 1));
    }

    private Blob hex(String text) {
        return plugin.fromHex(text);
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(sentence);
    }
}

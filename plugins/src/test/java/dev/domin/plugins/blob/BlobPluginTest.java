package dev.domin.plugins.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobPluginTest {

    @Test
    void shouldGoFromTextToBlobAndBack() {
        var blob = BlobPlugin.fromText("\u00C3\u00A9!");

        assertThat(blob.toByteArray()).containsExactly(0xC3, 0xA9, '!');
        assertThat(BlobPlugin.toText(blob)).isEqualTo("\u00C3\u00A9!");
        assertThat(BlobPlugin.toText(hex("41 00 42"))).isEqualTo("A");
        assertThat(BlobPlugin.toText(new Blob())).isEmpty();
    }

    @Test
    void shouldDumpFullAndPartLines() {
        byte[] bytes = new byte[18];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x7A + i);
        }

        assertThat(BlobPlugin.toDump(Blob.of(bytes))).isEqualTo("""
                        00000000  7a 7b 7c 7d 7e 7f 80 81  82 83 84 85 86 87 88 89  |z{|}~...........|
                        00000010  8a 8b                                             |..|
                        """);
        assertThat(BlobPlugin.toDump(hex("48 69 21 0a 41 42 43 44 45")))
                .isEqualTo("00000000  48 69 21 0a 41 42 43 44  45                       |Hi!.ABCDE|\n");
        assertThat(BlobPlugin.toDump(new Blob())).isEmpty();
    }

    @Test
    void shouldDumpOnlyTheContentOfABorrowedArray() {
        var blob = new Blob();
        blob.borrow("hello world".getBytes(StandardCharsets.US_ASCII), 5);

        assertThat(BlobPlugin.toDump(blob)).endsWith("|hello|\n");
        assertThat(BlobPlugin.toHex(blob)).isEqualTo("68656c6c6f");
        assertThat(BlobPlugin.toText(blob)).isEqualTo("hello");
        assertThat(BlobPlugin.find(blob, BlobPlugin.fromText("world"), 0)).isEqualTo(-1);
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
    void shouldRefuseToJoinWhatIsNoBlob() {
        assertFails(
                "blob.Concat: argument 4 (more) takes blob, got string",
                () -> BlobPlugin.concat(hex("01"), hex("02"), hex("03"), "04"));
        assertFails(
                "blob.Concat: argument 3 (more) takes blob, got int", () -> BlobPlugin.concat(hex("01"), hex("02"), 3));
        assertFails(
                "blob.Concat: argument 3 (more) takes blob, got float",
                () -> BlobPlugin.concat(hex("01"), hex("02"), 0.5));
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
    void shouldMakeABlobOfAnInteger(long value, int bytes, int bigEndian, String expected) {
        assertThat(BlobPlugin.toHex(BlobPlugin.fromInt(value, bytes, bigEndian)))
                .isEqualTo(expected);
    }

    @Test
    void shouldRefuseAnIntegerOfNoSize() {
        assertFails("blob.FromInt: bytes is 0, but a number has 1 to 8 bytes", () -> BlobPlugin.fromInt(1, 0, 1));
        assertFails("blob.FromInt: bytes is 9, but a number has 1 to 8 bytes", () -> BlobPlugin.fromInt(1, 9, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "2, 2", "3, -1", "6, -1"})
    void shouldFindFromAPlaceOn(int from, int found) {
        assertThat(BlobPlugin.find(hex("00 01 00 01 02 00"), hex(from == 0 ? "00 01" : "00 01 02"), from))
                .isEqualTo(found);
    }

    @Test
    void shouldFindAnEmptyNeedleAtOnceAndRefuseAPlaceOutside() {
        assertThat(BlobPlugin.find(hex("01 02"), new Blob(), 2)).isEqualTo(2);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> BlobPlugin.find(hex("01 02"), hex("02"), 3))
                .withMessage("blob.Find: from is 3, but the blob has 2 bytes");
    }

    @Test
    void shouldReadAndWriteHex() {
        assertThat(hex(" 00ff\n7F a0 ").toByteArray()).containsExactly(0, 0xFF, 0x7F, 0xA0);
        assertThat(BlobPlugin.toHex(hex("00FF7fA0"))).isEqualTo("00ff7fa0");
        assertThat(hex("").length()).isZero();
        assertThat(BlobPlugin.toHex(new Blob())).isEmpty();
    }

    @Test
    void shouldTellWhatIsWrongWithHex() {
        assertFails("blob.FromHex: the digit at byte 3 stands alone; a byte takes two", () -> hex("01 2"));
        assertFails("blob.FromHex: byte 1 of the text is no hexadecimal digit, its value is 120", () -> hex("0x10"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0g", "zz", "0x10", "\u00e9\u00e9", "1 23"})
    void shouldRefuseWhatIsNoHex(String text) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> hex(text))
                .withMessageStartingWith("blob.FromHex: ");
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
        blob.borrow(lent, 6);

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
        assertFails(
                "blob.GetInt: 4 bytes at offset 1 would reach outside the blob, which has 4",
                () -> BlobPlugin.getInt(blob, 1, 4, 1));
        assertFails(
                "blob.SetInt: 1 byte at offset -1 would reach outside the blob, which has 4",
                () -> BlobPlugin.setInt(blob, -1, 1, 1, 0));
        assertFails(
                "blob.GetInt: 8 bytes at offset 0 would reach outside the blob, which has 4",
                () -> BlobPlugin.getInt(blob, 0, 8, 1));
        assertFails("blob.GetInt: bytes is 9, but a number has 1 to 8 bytes", () -> BlobPlugin.getInt(blob, 0, 9, 1));
        assertFails(
                "blob.SetInt: bytes is 0, but a number has 1 to 8 bytes", () -> BlobPlugin.setInt(blob, 0, 0, 1, 1));
        assertFails(
                "blob.GetInt: 1 byte at offset 9223372036854775807 would reach outside the blob, which has 4",
                () -> BlobPlugin.getInt(blob, Long.MAX_VALUE, 1, 1));
    }

    private static Blob hex(String text) {
        return BlobPlugin.fromHex(text);
    }

    private static void assertFails(String sentence, ThrowingCallable call) {
        assertThatExceptionOfType(ScriptError.class).isThrownBy(call).withMessage(sentence);
    }
}

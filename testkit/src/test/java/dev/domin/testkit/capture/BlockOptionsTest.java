package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options in an array that has nothing else, so that each byte read outside them is an error. */
class BlockOptionsTest {

    private static BlockOptions options(String content) {
        var bytes = hex(content);
        return new BlockOptions(bytes, 0, bytes.length, false);
    }

    @ParameterizedTest
    @CsvSource({
        "'',",
        "0000 0000,",
        "0001 0002 6f6b 0000 0000 0000, ok",
        "0001 0002 6f6b 0000, ok",
        "0001 0002 6f6b, ok",
        "0001 0004 66756c6c, full",
        "0001 0000, ''",
        "0001 0004 66756c6c 0001 0000, 'full\n'",
        "0001 0005 66756c6c,", // not complete, by a byte
        "0001 000c 66756c6c,",
        "0001 ffff 66756c6c,",
        "0001 0004 66756c6c 0001, full",
        "0000 0000 0001 0002 6f6b 0000,"
    })
    void shouldReadTheCommentsThatAreComplete(String content, @Nullable String comment) {
        assertThat(options(content).comment()).isEqualTo(comment);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 6, false, 0",
        "0009 0000, 6, false, 0", // without a value
        "0009 0001 00 000000, 0, false, 0",
        "0009 0001 09 000000, 9, false, 0",
        "0009 0001 80 000000, 0, true, 0",
        "0009 0001 8a, 10, true, 0",
        "000e 0008 0000000000000003, 6, false, 3",
        "000e 0004 00000003, 6, false, 0", // too short for an offset
        "000e 0009 0000000000000003, 6, false, 0",
        "0009 0001 09 000000 000e 0008 fffffffffffffffe 0000 0000, 9, false, -2"
    })
    void shouldReadTheUnitOfTimestamps(String content, int exponent, boolean binary, long offsetSeconds) {
        assertThat(options(content).timestampUnit()).isEqualTo(new TimestampUnit(exponent, binary, offsetSeconds));
    }
}

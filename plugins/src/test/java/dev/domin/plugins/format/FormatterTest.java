package dev.domin.plugins.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatterTest {

    /** The right column is the output of glibc's printf. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            %f ; 0.0 ; 0.000000
            %.0f ; 0.0 ; 0
            %8.1f ; 0.0 ; '     0.0'
            %.20f ; 0.0 ; 0.00000000000000000000
            %f ; -0.0 ; -0.000000
            %.0f ; -0.0 ; -0
            %8.1f ; -0.0 ; '    -0.0'
            %.0f ; 0.5 ; 0
            %.f ; 0.5 ; 0
            %.2f ; 0.5 ; 0.50
            %.0f ; 1.5 ; 2
            %.0f ; 2.5 ; 2
            %.0f ; 3.5 ; 4
            %.2f ; 0.125 ; 0.12
            %.2f ; 0.375 ; 0.38
            %8.1f ; 0.375 ; '     0.4'
            %.2f ; 1.005 ; 1.00
            %.20f ; 1.005 ; 1.00499999999999989342
            %8.1f ; 2.675 ; '     2.7'
            %.2f ; 2.675 ; 2.67
            %f ; 0.1 ; 0.100000
            %.20f ; 1e15 ; 1000000000000000.00000000000000000000
            %.0f ; 9007199254740993.0 ; 9007199254740992
            %8.1f ; 9007199254740993.0 ; 9007199254740992.0
            %f ; 1e22 ; 10000000000000000000000.000000
            %.2f ; 1e23 ; 99999999999999991611392.00
            %.0f ; 123456789.987654321 ; 123456790
            %f ; -0.0004 ; -0.000400
            %.3f ; -0.0004 ; -0.000
            %.2f ; -0.0005 ; -0.00
            %.20f ; -0.0005 ; -0.00050000000000000001
            %.0f ; 5e-324 ; 0
            %8.1f ; 5e-324 ; '     0.0'
            %.2f ; 0.9999995 ; 1.00
            %.20f ; 0.9999995 ; 0.99999950000000004113
            %f ; 999999.9999999 ; 1000000.000000
            %.2f ; 1e-7 ; 0.00
            %.20f ; 1e-7 ; 0.00000010000000000000
            %.0f ; 4503599627370496.5 ; 4503599627370496
            %f ; 3.14159 ; 3.141590
            %.3f ; 3.14159 ; 3.142
            %f ; Infinity ; inf
            %8.2f ; Infinity ; '     inf'
            %f ; -Infinity ; -inf
            %5f ; NaN ; '  nan'
            """)
    void shouldWriteFloatsAsC(String format, double value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %d ; -2147483648 ; -2147483648
            %5.3d ; -7 ; ' -007'
            %.0d ; 0 ; ''
            %.d ; 0 ; ''
            %3.0d ; 0 ; '   '
            %.3d ; -7 ; -007
            %3d ; 12345 ; 12345
            %x ; 255 ; ff
            %x ; -1 ; ffffffff
            %8.5x ; 255 ; '   000ff'
            %.0x ; 0 ; ''
            """)
    void shouldWriteNarrowIntsAsC(String format, int value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %d ; -9223372036854775808 ; -9223372036854775808
            %.20d ; -9223372036854775808 ; -09223372036854775808
            %x ; -1 ; ffffffffffffffff
            %x ; 4294967296 ; 100000000
            %12d ; -4294967296 ; ' -4294967296'
            """)
    void shouldWriteWideIntsAsC(String format, long value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %s ; abc ; abc
            %5s ; abc ; '  abc'
            %.2s ; abc ; ab
            %5.1s ; abc ; '    a'
            %.9s ; abc ; abc
            %.s ; abc ; ''
            """)
    void shouldWriteStringsAsC(String format, String value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @Test
    void shouldCountBytesNotCharactersOfText() {
        // Two bytes of UTF-8, one char each.
        assertThat(format("%3s|%.1s", "\u00C3\u00A9", "\u00C3\u00A9")).isEqualTo(" \u00C3\u00A9|\u00C3");
    }

    @Test
    void shouldMixTextAndValues() {
        assertThat(format("100%% of %s: %d/%d%%\n", "a", 1, 2L)).isEqualTo("100% of a: 1/2%\n");
        assertThat(format("")).isEmpty();
        assertThat(format("no places")).isEqualTo("no places");
    }

    @Test
    void shouldPadToTheLargestWidthAndRefuseALargerOne() {
        assertThat(format("%1000000d", 1)).hasSize(1_000_000).endsWith(" 1");
        assertFails("the width of the place at byte 0 of the format is over 1000000", "%1000001d", 1);
        assertFails("the precision of the place at byte 2 of the format is over 1000000", "a %.99999999999f", 1.0);
    }

    @Test
    void shouldReportAnArgumentOfTheWrongType() {
        assertFails("argument 2 (`%d`) takes int (i32 or i64), got string", "%d", "7");
        assertFails("argument 3 (`%5.1d`) takes int (i32 or i64), got double", "%d %5.1d", 1, 7.0);
        assertFails("argument 2 (`%x`) takes int (i32 or i64), got blob", "%x", new Blob());
        assertFails("argument 2 (`%f`) takes double, got i64", "%f", 7L);
        assertFails("argument 2 (`%s`) takes string, got i32", "%s", 7);
        assertFails("argument 2 (`%s`) takes string, got blob", "%s", new Blob());
    }

    @Test
    void shouldReportTooFewAndTooManyValues() {
        assertFails("`%d` at byte 3 of the format has no value; the call passes 1 value after the format", "%d %d", 1);
        assertFails("`%s` at byte 0 of the format has no value; the call passes 0 values after the format", "%s");
        assertFails("the format has places for 1 value, got 3 values", "%d", 1, 2, 3);
        assertFails("the format has places for 0 values, got 1 value", "%%", 1);
    }

    @Test
    void shouldReportUnknownAndUnfinishedPlaces() {
        assertFails("`%q` at byte 2 of the format is none of %d %x %X %f %s %c %%", "a %q", 1);
        assertFails("`%l` at byte 0 of the format is none of %d %x %X %f %s %c %%", "%ld", 1L);
        assertFails("the format ends in the unfinished place `%`", "50%");
        assertFails("the format ends in the unfinished place `%5.2`", "%5.2", 1.0);
        assertFails("`%+` at byte 0 of the format has the flag `+`, but the flags are `-` and `0`", "%+5d", 1);
        assertFails("`%-#` at byte 1 of the format has the flag `#`, but the flags are `-` and `0`", "x%-#x", 1);
        assertFails("`%05s` at byte 0 of the format has the flag `0`, which is for numbers", "%05s", "x");
        assertFails("`%05c` at byte 0 of the format has the flag `0`, which is for numbers", "%05c", 65);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %05d ; 42 ; 00042
            %05d ; -42 ; -0042
            %02d ; 123 ; 123
            %-5d| ; 42 ; '42   |'
            %-05d| ; 42 ; '42   |'
            %0-5d| ; 42 ; '42   |'
            %05.2d ; 7 ; '   07'
            %08x ; 48879 ; 0000beef
            %X ; 48879 ; BEEF
            %08X ; -1 ; FFFFFFFF
            %6.4X ; 171 ; '  00AB'
            %c ; 65 ; A
            %3c ; 65 ; '  A'
            %-3c| ; 65 ; 'A  |'
            """)
    void shouldTakeTheFlagsAndLettersOfC(String format, int value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %08.3f ; 3.14159 ; 0003.142
            %08.3f ; -3.14159 ; -003.142
            %-8.1f| ; 2.5 ; '2.5     |'
            %06f ; Infinity ; '   inf'
            %06f ; -Infinity ; '  -inf'
            %06f ; NaN ; '   nan'
            %05.0f ; 2.0 ; 00002
            """)
    void shouldPadDoublesWithZerosAsC(String format, double value, String expected) {
        assertThat(format(format, value)).isEqualTo(expected);
    }

    @Test
    void shouldWriteEveryByte() {
        assertThat(format("%c%c", 0, 255L)).isEqualTo("\0\u00ff");
        assertThat(format("%-8s|%X", "ab", -1L)).isEqualTo("ab      |FFFFFFFFFFFFFFFF");
        assertFails("argument 2 (`%c`) takes a byte, 0 to 255, got 256", "%c", 256);
        assertFails("argument 2 (`%c`) takes a byte, 0 to 255, got -1", "%c", -1L);
        assertFails("argument 2 (`%c`) takes int (i32 or i64), got string", "%c", "x");
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        var run = new FakeScriptContext().cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class)
                .isThrownBy(() -> Formatter.format(run, "%1000000%".repeat(1000), new Object[0]));
    }

    private static String format(String format, Object... values) {
        return Formatter.format(new FakeScriptContext(), format, values);
    }

    private static void assertFails(String sentence, String format, Object... values) {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> format(format, values))
                .withMessage(sentence);
    }
}

package dev.domin.plugins.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePatternTest {

    private final FakeScriptContext run = new FakeScriptContext();

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abAB", "\0\u00FFaA", "abcdefgABCDEFG\0\n "})
    void shouldFindWhatTheNaiveSearchFinds(String alphabet) {
        var random = new Random(alphabet.hashCode());
        for (int round = 0; round < 30_000; round++) {
            String needle = word(random, alphabet, 1 + random.nextInt(round % 2 == 0 ? 6 : 40));
            if (random.nextBoolean()) { // a periodic needle, with or without a remainder
                needle = needle.repeat(1 + random.nextInt(4));
                needle = needle.substring(0, needle.length() - random.nextInt(needle.length()));
            }
            var text = new StringBuilder();
            for (int parts = random.nextInt(6); parts > 0; parts--) { // almost the needle, repeated
                text.append(needle, 0, random.nextInt(needle.length() + 1))
                        .append(word(random, alphabet, random.nextInt(8)));
            }
            int from = random.nextInt(text.length() + 1);
            int to = from + random.nextInt(text.length() - from + 1);
            assertFinds(text.toString(), needle, from, to);
        }
    }

    private void assertFinds(String text, String needle, int from, int to) {
        byte[] bytes = bytes(text);
        byte[] wanted = bytes(needle);
        assertThat(new BytePattern(run, wanted, wanted.length, false).find(bytes, from, to))
                .as("`%s` in `%s` from %d to %d", needle, text, from, to)
                .isEqualTo(text.substring(0, to).indexOf(needle, from));
        assertThat(new BytePattern(run, wanted, wanted.length, true).find(bytes, from, to))
                .as("`%s` in any case in `%s` from %d to %d", needle, text, from, to)
                .isEqualTo(lower(text.substring(0, to)).indexOf(lower(needle), from));
        assertThat(ByteSearch.find(run, Blob.of(Arrays.copyOf(bytes, to)), Blob.of(wanted), from, true))
                .isEqualTo(lower(text.substring(0, to)).indexOf(lower(needle), from));
    }

    @Test
    void shouldBeUsableAgain() {
        byte[] text = bytes("abababcababab");
        var pattern = new BytePattern(run, bytes("abab"), 4, false);
        assertThat(pattern.find(text, 0, text.length)).isZero();
        assertThat(pattern.find(text, 1, text.length)).isEqualTo(2);
        assertThat(pattern.find(text, 3, text.length)).isEqualTo(7);
        assertThat(pattern.find(text, 10, text.length)).isEqualTo(-1);
        assertThat(pattern.length()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "first", "middle", "none", "pairs"})
    void shouldDoNoMoreThanAFewStepsForEachByte(String different) {
        int needleLength = 300_000;
        int textLength = 3_000_000;
        byte[] text = new byte[textLength];
        Arrays.fill(text, (byte) 'a');
        byte[] needle = new byte[needleLength];
        Arrays.fill(needle, (byte) 'a');
        switch (different) {
            case "last" -> needle[needleLength - 1] = 'b';
            case "first" -> needle[0] = 'b';
            case "middle" -> needle[needleLength / 2] = 'b';
            case "pairs" -> {
                for (int i = 0; i < textLength; i += 2) {
                    text[i] = 'b';
                }
                for (int i = 0; i < needleLength; i += 2) {
                    needle[i] = 'b';
                }
                needle[needleLength / 3] = 'c';
            }
            default -> text[textLength - needleLength] = 'b'; // every match is too short by one
        }
        if (different.equals("none")) {
            for (int at = needleLength - 1; at < textLength; at += needleLength) {
                text[at] = 'b';
            }
        }
        assertThat(new BytePattern(run, needle, needleLength, false).find(text, 0, textLength))
                .isEqualTo(-1);
        assertThat((long) run.checks() * Chunks.LENGTH)
                .as("bytes that were looked at")
                .isLessThan(4L * (textLength + needleLength));
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        byte[] bytes = new byte[1_000_000];
        var pattern = new BytePattern(run, new byte[] {0, 0, 0, 1}, 4, false);
        run.cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class)
                .isThrownBy(() -> pattern.find(bytes, 0, bytes.length));
        run.cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class)
                .isThrownBy(() -> new BytePattern(run, bytes, bytes.length, false));
        run.cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class)
                .isThrownBy(() -> ByteSearch.find(run, Blob.of(bytes), Blob.of(new byte[] {1}), 0, false));
    }

    private static String word(Random random, String alphabet, int length) {
        var word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

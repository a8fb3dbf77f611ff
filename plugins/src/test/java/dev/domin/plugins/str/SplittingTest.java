package dev.domin.plugins.str;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ScriptError;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops over the parts of strings: right in any order, and in time proportional to the strings. */
class SplittingTest {

    /** With so many parts, a loop that searches from the start each time would take hours. */
    private static final int MANY_PARTS = 2_000_000;

    private final FakeScriptContext run = new FakeScriptContext();
    private final StrPlugin str = new StrPlugin();

    @BeforeEach
    void start() {
        str.start(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "aa", "aab", ",a,", "abababababababababababab"})
    void shouldReturnTheSamePartsInAnyOrder(String separator) {
        var random = new Random(separator.hashCode());
        for (int round = 0; round < 200; round++) {
            var texts = new ArrayList<String>();
            for (int i = 0; i < 12; i++) { // more than it keeps
                texts.add(text(random, separator, random.nextInt(i % 3 == 0 ? 2000 : 40)));
            }
            for (int i = 0; i < 300; i++) {
                String text = texts.get(random.nextInt(texts.size()));
                var parts = parts(text, separator);
                if (random.nextInt(4) == 0) {
                    assertThat(str.splitCount(text, separator)).isEqualTo(parts.size());
                }
                int index = random.nextInt(parts.size());
                assertThat(str.splitPart(text, separator, index))
                        .as("part %d of `%s`", index, text)
                        .isEqualTo(parts.get(index));
                if (random.nextInt(8) == 0) {
                    int none = random.nextBoolean() ? -1 : parts.size() + random.nextInt(3);
                    assertThatExceptionOfType(ScriptError.class)
                            .isThrownBy(() -> str.splitPart(text, separator, none))
                            .withMessage("there is no part " + none + "; the string has " + parts.size());
                }
            }
        }
    }

    @Test
    void shouldRefuseAPartBeyondEveryString() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> str.splitPart("a,b", ",", Long.MAX_VALUE))
                .withMessage("there is no part 9223372036854775807; the string has 2");
    }

    @Test
    @Timeout(60)
    void shouldLoopInTimeProportionalToTheString() {
        String text = ",".repeat(MANY_PARTS);
        long bytes = 0;
        for (int i = 0; i < str.splitCount(text, ","); i++) {
            bytes += 1 + str.splitPart(text, ",", i).length();
        }
        assertThat(bytes).isEqualTo(MANY_PARTS + 1);
    }

    @Test
    @Timeout(60)
    void shouldLoopBackwardsInTimeProportionalToTheString() {
        String text = "a,".repeat(MANY_PARTS / 2);
        for (int i = str.splitCount(text, ",") - 2; i >= 0; i--) {
            assertThat(str.splitPart(text, ",", i).length()).isEqualTo(1);
        }
    }

    @Test
    @Timeout(60)
    void shouldRememberALongStringWhileManyShortOnesAreSplit() {
        String text = "k=v;l=w;m=x\n".repeat(MANY_PARTS / 10);
        int count = str.splitCount(text, "\n");
        for (int i = 0; i < count - 1; i++) {
            String line = str.splitPart(text, "\n", i);
            for (int k = 0; k < str.splitCount(line, ";"); k++) {
                String field = str.splitPart(line, ";", k);
                assertThat(str.splitPart(field, "=", 1).length()).isEqualTo(1);
            }
            for (int others = 0; others < 10; others++) { // what callbacks do between two iterations of a loop in main
                assertThat(str.splitCount(new String("a b"), " ")).isEqualTo(2);
            }
        }
    }

    @Test
    void shouldNotKeepUnreachableStrings() {
        var lost = splitAndLose();
        await().until(() -> {
            System.gc();
            return lost.refersTo(null);
        });
        assertThat(str.splitCount("a,b", ",")).isEqualTo(2);
    }

    private WeakReference<String> splitAndLose() {
        String text = "a,".repeat(1000);
        assertThat(str.splitCount(text, ",")).isEqualTo(1001);
        return new WeakReference<>(text);
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        String text = ",".repeat(1_000_000);
        run.cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(() -> str.splitCount(text, ","));
        assertThat(str.splitCount(text, ","))
                .as("asked again, by another callback")
                .isEqualTo(1_000_001);
    }

    private static String text(Random random, String separator, int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            if (random.nextInt(3) == 0) {
                text.append(separator);
            } else {
                text.append("ab,".charAt(random.nextInt(3)));
            }
        }
        return text.toString();
    }

    private static List<String> parts(String text, String separator) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        parts.add(text.substring(start));
        return parts;
    }
}

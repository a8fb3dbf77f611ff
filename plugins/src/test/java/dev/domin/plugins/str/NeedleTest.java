package dev.domin.plugins.str;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedleTest {

    private final FakeScriptContext run = new FakeScriptContext();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 40, 1000, 70_000})
    void shouldFindWhatTheJdkFinds(int length) {
        var random = new Random(length);
        for (int round = 0; round < 20; round++) {
            var needle = new StringBuilder();
            for (int i = 0; i < length; i++) {
                needle.append(random.nextInt(10) == 0 ? 'b' : 'a');
            }
            var text = new StringBuilder();
            while (text.length() < 200_000) {
                text.append(needle, 0, random.nextInt(length)).append(random.nextBoolean() ? "a" : "c");
                if (random.nextInt(200_000 / length) == 0) {
                    text.append(needle);
                }
            }
            String where = text.toString();
            String wanted = needle.toString();
            var prepared = new Needle(run, wanted);
            for (int from : new int[] {0, 1, random.nextInt(where.length()), where.length() - length, where.length()}) {
                assertThat(prepared.find(where, Math.max(0, from))).isEqualTo(where.indexOf(wanted, Math.max(0, from)));
            }
        }
    }

    @Test
    void shouldFindAtTheEdgesOfAWindow() {
        for (String wanted : new String[] {"xy", "0123456789abcdef", "0123456789abcdefg", "z".repeat(3000)}) {
            for (int edge : new int[] {1024, 1 << 16, 1 << 17}) {
                for (int at = edge - wanted.length() - 2; at < edge + wanted.length() + 2; at++) {
                    if (at >= 0) {
                        String where = " ".repeat(at) + wanted + " ".repeat(200_000);
                        assertThat(new Needle(run, wanted).find(where, 0)).isEqualTo(at);
                    }
                    at += wanted.length() > 100 ? 97 : 0;
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void shouldSearchAndReplaceALongNeedleThatAlmostOccursEverywhere() {
        String text = "a".repeat(20_000_000);
        String needle = "a".repeat(1_000_000) + "b";
        var str = new StrPlugin();
        str.start(run);
        assertThat(str.find(text, needle)).isEqualTo(-1);
        assertThat(str.find(text, "b" + needle)).isEqualTo(-1);
        assertThat(str.findFrom(text, needle, 5)).isEqualTo(-1);
        assertThat(str.replace(text, needle, "")).isEqualTo(text);
        assertThat(str.splitCount(text, needle)).isEqualTo(1);
        assertThat(str.replace(text + "b", needle, "x")).hasSize(19_000_001);
    }

    @Test
    void shouldEndWhenTheScriptIsCancelled() {
        String text = "ab".repeat(1_000_000);
        var str = new StrPlugin();
        str.start(run);
        assertCancelled(() -> str.find(text, "x"));
        assertCancelled(() -> str.find(text, "b".repeat(1000)));
        assertCancelled(() -> str.replace(text, "a", "b"));
        assertCancelled(() -> str.lower(text));
        assertCancelled(() -> str.upper(text));
        assertCancelled(() -> str.compareNoCase(text, text.toUpperCase(Locale.ROOT)));
        assertCancelled(() -> str.trim(" ".repeat(1_000_000)));
        assertCancelled(() -> str.trim("a" + " ".repeat(1_000_000)));
        assertCancelled(() -> str.escape(text));
        assertCancelled(() -> str.isInt("0".repeat(1_000_000)));
        assertCancelled(() -> str.isDouble("0".repeat(1_000_000)));
    }

    private void assertCancelled(Runnable call) {
        run.cancelledAtCheck(3);
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(call::run);
    }
}

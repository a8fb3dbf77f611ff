package dev.domin.plugins.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import org.junit.jupiter.api.Test;

class RandomPluginTest {

    private final RandomPlugin random = new RandomPlugin();

    @Test
    void shouldRepeatTheSequenceOfASeed() {
        random.seed(7);
        long first = random.pickInt(Long.MIN_VALUE, Long.MAX_VALUE);
        random.pickDouble();
        random.seed(7);
        assertThat(random.pickInt(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(first);
    }

    @Test
    void shouldReturnTheRawNumbersForTheWholeRange() {
        random.seed(0);
        assertThat(random.pickInt(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MIN_VALUE + 5987356902031041503L);
    }

    @Test
    void shouldReachBothEndsOfAClosedRangeEvenly() {
        random.seed(3);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            counts[(int) random.pickInt(1, 6) - 1]++;
        }
        assertThat(counts).satisfies(all -> {
            for (int count : all) {
                assertThat(count).isBetween(9_500, 10_500);
            }
        });
    }

    @Test
    void shouldNotFavourTheLowerPartOfAHugeRange() {
        random.seed(3);
        long third =
                Long.MAX_VALUE / 2 + 1; // of 3 * 2^62 numbers, where a simple remainder would favor the first third
        int low = 0;
        for (int i = 0; i < 30_000; i++) {
            if (random.pickInt(0, third - 1) < third / 3) {
                low++;
            }
            long wide = random.pickInt(-third, third + third / 2);
            assertThat(wide).isBetween(-third, third + third / 2);
        }
        assertThat(low).isBetween(9_500, 10_500);
    }

    @Test
    void shouldSpreadARangeEvenlyOverDoublesBelowItsEnd() {
        random.seed(5);
        int low = 0;
        for (int i = 0; i < 10_000; i++) {
            double picked = random.pickRange(-2.5, 1.5);
            assertThat(picked).isGreaterThanOrEqualTo(-2.5).isLessThan(1.5);
            low += picked < -0.5 ? 1 : 0;
        }
        assertThat(low).isBetween(4_700, 5_300);
    }

    @Test
    void shouldStayBelowTheEndIfRoundingWouldReachIt() {
        double next = Math.nextUp(1.0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(random.pickRange(1.0, next)).isEqualTo(1.0);
        }
    }

    @Test
    void shouldPickFromTheWidestRange() {
        int negative = 0;
        for (int i = 0; i < 1_000; i++) {
            double picked = random.pickRange(-Double.MAX_VALUE, Double.MAX_VALUE);
            assertThat(picked).isFinite().isLessThan(Double.MAX_VALUE);
            negative += picked < 0 ? 1 : 0;
        }
        assertThat(negative).isBetween(400, 600);
    }

    @Test
    void shouldKeepFractionsBelowOne() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(random.pickDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
        }
    }

    @Test
    void shouldRefuseEmptyRanges() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.pickInt(2, 1))
                .withMessage("min is 2, which is above max, 1");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.pickRange(1, 1))
                .withMessage("max is 1.0, but must be above min, 1.0");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.pickRange(Double.NaN, 1))
                .withMessage("min and max must be finite, but are NaN and 1.0");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.pickRange(0, Double.POSITIVE_INFINITY))
                .withMessageContaining("must be finite");
    }

    @Test
    void shouldSeedItselfDifferentlyInEveryRun() {
        long mine = random.pickInt(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(new RandomPlugin().pickInt(Long.MIN_VALUE, Long.MAX_VALUE)).isNotEqualTo(mine);
        assertThat(random.autoSeed()).isNotEqualTo(random.autoSeed());
    }

    @Test
    void shouldContinueFromASavedState() {
        var state = random.saveState();
        long next = random.pickInt(0, Long.MAX_VALUE);
        var other = new RandomPlugin();
        other.loadState(state);
        assertThat(other.pickInt(0, Long.MAX_VALUE)).isEqualTo(next);
    }

    @Test
    void shouldSaveLittleEndianWords() {
        random.seed(1234567);
        assertThat(random.saveState().toByteArray()).hasSize(32).startsWith(0x85, 0xfc, 0x08, 0xfb, 0x17, 0xd0);
    }

    @Test
    void shouldRefuseAnInvalidState() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.loadState(new Blob(31)))
                .withMessage("a state has 32 bytes, this blob has 31");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> random.loadState(new Blob(32)))
                .withMessageContaining("zeros");
    }
}

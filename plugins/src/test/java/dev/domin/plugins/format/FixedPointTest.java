package dev.domin.plugins.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedPointTest {

    @Test
    void shouldRoundEquallyInBothWays() {
        var random = new SplittableRandom(7);
        int shortWays = 0;
        for (int i = 0; i < 200_000; i++) {
            int decimals = random.nextInt(19);
            // Exponents around 1, and sometimes few significant bits, which make ties.
            long significand = random.nextLong() & -1L << random.nextInt(53) & (1L << 52) - 1;
            long bits = (long) (1023 + random.nextInt(-130, 70)) << 52 | significand;
            var byShortWay = new StringBuilder();
            if (FixedPoint.appendShort(byShortWay, bits, decimals)) {
                var byLongWay = new StringBuilder();
                FixedPoint.appendLong(byLongWay, Double.longBitsToDouble(bits), decimals);
                assertThat(byShortWay).hasToString(byLongWay.toString());
                shortWays++;
            }
        }
        assertThat(shortWays).isGreaterThan(100_000);
    }

    @Test
    void shouldUseBigNumbersIfDigitsDoNotFit() {
        assertThat(write(9.3, 18)).isEqualTo("9.300000000000000711");
        assertThat(write(9223372036854.775, 6)).isEqualTo("9223372036854.775391");
        assertThat(write(1e300, 0)).startsWith("1000000000000000052504760255204420248704468581108159");
        assertThat(write(Double.MIN_VALUE, 1080)).hasSize(1082).endsWith("5625000000");
    }

    private static String write(double value, int decimals) {
        var out = new StringBuilder();
        FixedPoint.append(out, value, decimals);
        return out.toString();
    }
}

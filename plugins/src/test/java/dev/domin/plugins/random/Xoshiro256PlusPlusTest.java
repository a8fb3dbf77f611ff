package dev.domin.plugins.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers come from the authors' C code. */
class Xoshiro256PlusPlusTest {

    private final Xoshiro256PlusPlus generator = new Xoshiro256PlusPlus();

    @Test
    void shouldReturnThePublishedSequenceOfAState() {
        generator.restore(new long[] {1, 2, 3, 4});
        assertNext(41943041L, 58720359L, 3588806011781223L, 3591011842654386L, -9218127359498767411L);
    }

    @Test
    void shouldFillTheStateBySplitMix() {
        generator.seed(1234567);
        assertThat(generator.state())
                .containsExactly(0x599ed017fb08fc85L, 0x2c73f08458540fa5L, 0x883ebce5a3f27c77L, 0x3fbef740e9177b3fL);
    }

    @Test
    void shouldReturnThePublishedSequenceOfASeed() {
        generator.seed(0);
        assertNext(
                5987356902031041503L,
                7051070477665621255L,
                6633766593972829180L,
                211316841551650330L,
                9136120204379184874L);
        generator.seed(42);
        assertNext(
                -3425465463722317665L,
                5881210131331364753L,
                -297100157724070516L,
                -5513075133950446152L,
                -3809169831026726285L);
        generator.seed(-1);
        assertNext(
                6254647548650071986L,
                -1835911450961749104L,
                -2023886839381112181L,
                5048281510058307187L,
                -6352854761174047775L);
    }

    @Test
    void shouldComputeFractionsFromTheUpperBits() {
        generator.seed(0);
        for (int i = 0; i < 5; i++) {
            generator.next();
        }
        assertThat(generator.nextDouble()).isEqualTo(0.020565239559745874);
        assertThat(generator.nextDouble()).isEqualTo(0.8572473990158933);
    }

    private void assertNext(long... expected) {
        for (long number : expected) {
            assertThat(generator.next()).isEqualTo(number);
        }
    }
}

package dev.domin.testkit;

import static dev.domin.testkit.Match.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private final Faults faults = new Faults().seed(42);

    @Test
    void shouldChoosePacketsByNumber() {
        faults.replies().nth(2).drop();
        faults.replies().every(3).drop();
        assertThat(lost(faults.replies(), 9)).containsExactly(2, 3, 6, 9);
        assertThat(lost(faults.requests(), 9)).isEmpty();
    }

    @Test
    void shouldCountOnlyPacketsThatMatch() {
        faults.requests().matching(prefix("b")).nth(2).drop();
        List<Boolean> lost = new ArrayList<>();
        for (String text : List.of("a", "b1", "a", "b2", "b3")) {
            lost.add(decide(faults.requests(), text).isLost());
        }
        assertThat(lost).containsExactly(false, false, false, true, false);
    }

    @Test
    void shouldStopAtTheCap() {
        faults.requests().always().atMost(2).drop();
        assertThat(lost(faults.requests(), 5)).containsExactly(1, 2);
    }

    @Test
    void shouldDecideTheSameForTheSameRulesAfterClearing() {
        faults.requests().chance(0.3).drop();
        faults.requests().chance(0.3).corrupt();
        List<Integer> lost = lost(faults.requests(), 100);
        faults.clear();
        faults.requests().chance(0.3).drop();
        assertThat(lost(faults.requests(), 100)).isEqualTo(lost);
        faults.requests().restore(List.of());
        faults.requests().chance(0.3).drop();
        assertThat(lost(faults.requests(), 100)).isEqualTo(lost);
    }

    @Test
    void shouldDecideBySeedAndNumberAlone() {
        faults.requests().chance(0.3).drop();
        List<Integer> lost = lost(faults.requests(), 1000);
        assertThat(lost).hasSizeBetween(240, 360);

        Faults again = new Faults().seed(42);
        again.requests().chance(0.3).drop();
        assertThat(lost(again.requests(), 1000)).isEqualTo(lost);

        Faults other = new Faults().seed(43);
        other.requests().chance(0.3).drop();
        assertThat(lost(other.requests(), 1000)).isNotEqualTo(lost);

        Faults own = new Faults().seed(7);
        own.requests().chance(0.3, 99).drop();
        Faults same = new Faults().seed(8);
        same.requests().chance(0.3, 99).drop();
        assertThat(lost(own.requests(), 1000)).isEqualTo(lost(same.requests(), 1000));
    }

    @Test
    void shouldDrawDifferentNumbersForEachRuleAndDirection() {
        faults.requests().chance(0.5).drop();
        faults.replies().chance(0.5).drop();
        assertThat(lost(faults.requests(), 200)).isNotEqualTo(lost(faults.replies(), 200));
    }

    @Test
    void shouldDrawDifferentNumbersForRulesOfOneSeed() {
        faults.requests().chance(0.5, 9).drop();
        faults.requests().chance(0.5, 9).delay(Duration.ofMillis(1));
        faults.replies().chance(0.5, 9).drop();
        List<FaultOutcome> outcomes = IntStream.range(0, 200)
                .mapToObj(i -> decide(faults.requests(), "x"))
                .toList();
        assertThat(outcomes).anyMatch(outcome -> !outcome.isLost() && outcome.delayNanos() > 0);
        assertThat(lost(faults.requests(), 200)).isNotEqualTo(lost(faults.replies(), 200));
    }

    @Test
    void shouldRefuseToChooseInTwoWays() {
        assertThatIllegalStateException()
                .isThrownBy(() -> faults.requests().every(2).chance(1))
                .withMessageContaining("this one has every(2) already");
        faults.requests().matching(prefix("a")).nth(1).atMost(1).drop();
    }

    @Test
    void shouldAddUpWhatHappensToAPacket() {
        faults.requests().always().delay(Duration.ofMillis(20));
        faults.requests().always().truncate(3);
        faults.requests().always().duplicate(2);
        FaultOutcome outcome = decide(faults.requests(), "abcdef");
        assertThat(outcome.copies()).isEqualTo(3);
        assertThat(outcome.delayNanos()).isEqualTo(20_000_000);
        assertThat(outcome.length()).isEqualTo(3);
        assertThat(outcome.words())
                .containsExactly("delayed 20 ms by always", "cut off after 3 bytes by always", "duplicated by always");
    }

    @Test
    void shouldVaryTheDelayWithinTheJitter() {
        faults.requests().always().delay(Duration.ofMillis(20), Duration.ofMillis(5));
        List<Long> delays = IntStream.range(0, 500)
                .mapToObj(i -> decide(faults.requests(), "x").delayNanos())
                .toList();
        assertThat(delays).allMatch(delay -> delay >= 15_000_000 && delay <= 25_000_000);
        assertThat(delays).anyMatch(delay -> delay < 16_000_000).anyMatch(delay -> delay > 24_000_000);
    }

    @Test
    void shouldChangeExactlyOneByteOfACopy() {
        faults.requests().always().corrupt();
        byte[] bytes = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        FaultOutcome outcome = faults.requests().decide(MatchTest.packet(bytes), bytes, 0, bytes.length);
        assertThat(bytes).asString().isEqualTo("hello");
        assertThat(IntStream.range(0, 5)
                        .filter(i -> outcome.byteAt(i) != bytes[i])
                        .count())
                .isOne();
        assertThat(outcome.words().get(0)).matches("byte [0-4] changed from .. to .. by always");
        assertThat(decide(faults.requests(), "").words()).isEmpty();
    }

    @Test
    void shouldLimitTheRate() {
        faults.requests().limitRate(8_000, Duration.ofMillis(250)); // a byte each millisecond
        List<FaultOutcome> outcomes = IntStream.range(0, 5)
                .mapToObj(i -> decide(faults.requests(), "x".repeat(100)))
                .toList();
        assertThat(outcomes.get(0).delayNanos()).isBetween(99_000_000L, 100_000_000L);
        assertThat(outcomes.get(2).delayNanos()).isGreaterThan(outcomes.get(1).delayNanos());
        assertThat(outcomes.get(4).isLost()).isTrue();
    }

    @Test
    void shouldReadASpecification() {
        faults.apply("loss=5%, delay=20ms±5ms,drop=3,out.drop-every=10,seed=7,in.corrupt=0.5,profile=satellite");
        assertThat(faults.seed()).isEqualTo(7);
        assertThat(faults.toString().lines())
                .contains(
                        "  requests: chance(0.05).drop",
                        "  replies: chance(0.05).drop",
                        "  requests: always.delay 20 ms±5 ms",
                        "  requests: nth(3).drop",
                        "  replies: every(10).drop",
                        "  requests: chance(0.5).corrupt",
                        "  replies: always.limitRate 10000000 bit/s",
                        "  replies: always.delay 300 ms±10 ms")
                .doesNotContain("  replies: nth(3).drop", "  replies: chance(0.5).corrupt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lost=5%            | unknown fault `lost=5%`; there are loss, delay",
                "loss               | has no value",
                "''                 | is empty",
                "loss=1             | takes a chance with its unit, such as 1%",
                "in.seed=1          | is for both directions: write seed=1",
                "loss=101%          | takes a chance from 0% to 100%, got `101%`",
                "loss=NaN           | takes a chance",
                "loss=٥%            | takes a chance",
                "loss=0x1p-3        | takes a chance",
                "drop=٣             | takes a whole number from 1, got `٣`",
                "seed=٣             | takes a whole number, got `٣`",
                "delay=٢٠ms         | takes a time with a unit",
                "rate=٥mbit         | takes a bandwidth",
                "delay=20           | takes a time with a unit",
                "delay=20ms±        | takes a time with a unit",
                "drop=0             | takes a whole number from 1, got `0`",
                "truncate=-1        | takes a whole number from 0",
                "rate=fast          | takes a bandwidth",
                "profile=dsl        | unknown profile `dsl`; there are lossy3g, satellite, wifi",
                "seed=x             | takes a whole number, got `x`",
                "loss=1%,,delay=1ms | is empty"
            })
    void shouldRefuseABadSpecificationAsAWhole(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.apply("drop=1," + text))
                .withMessageContaining(message);
        assertThat(faults.isEmpty()).isTrue();
    }

    private static List<Integer> lost(FaultRules rules, int packets) {
        return IntStream.rangeClosed(1, packets)
                .filter(i -> decide(rules, "x").isLost())
                .boxed()
                .toList();
    }

    private static FaultOutcome decide(FaultRules rules, String text) {
        Packet packet = MatchTest.packet(text);
        return rules.decide(packet, packet.payload(), 0, packet.length());
    }
}

package dev.domin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void shouldEqualLimitsWithTheSameNumbers() {
        var few = Limits.DEFAULTS.with(Limit.TIMERS, 10);
        assertThat(few)
                .isEqualTo(Limits.DEFAULTS.with(Limit.TIMERS, 5).with(Limit.TIMERS, 10))
                .hasSameHashCodeAs(Limits.DEFAULTS.with(Limit.TIMERS, 10))
                .isNotEqualTo(Limits.DEFAULTS)
                .isNotEqualTo("Limits");
        assertThat(few.with(Limit.TIMERS, Limit.TIMERS.standard())).isEqualTo(Limits.DEFAULTS);
        assertThat(few)
                .hasToString("Limits[value=67108864, entries=1000000, handles=1000000, timers=10, open=1000,"
                        + " output=none, source=16777216, compile=60000]");
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void shouldRefuseNull() {
        assertThatThrownBy(() -> Limits.DEFAULTS.get(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("limit");
        assertThatThrownBy(() -> Limits.DEFAULTS.with(null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("limit");
    }
}

package dev.domin.plugins.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ScriptError;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

    private static final ZonedDateTime MOMENT =
            ZonedDateTime.of(2009, 2, 3, 4, 5, 6, 7_008_999, ZoneOffset.ofHoursMinutes(-3, -30));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            %Y-%m-%dT%H:%M:%S.%f%z ; 2009-02-03T04:05:06.007008-0330
            %F %T ; 2009-02-03 04:05:06
            %y %j ; 09 034
            %A %a %B %b ; Tuesday Tue February Feb
            %s ; 1233646506
            100%% ; 100%
            plain ; plain
            """)
    void shouldFillPlaces(String format, String expected) {
        assertThat(format(format)).isEqualTo(expected);
    }

    @Test
    void shouldWriteAnOffsetToTheEast() {
        assertThat(TimeText.format(new FakeScriptContext(), "%z", MOMENT.withZoneSameInstant(ZoneOffset.ofHours(2))))
                .isEqualTo("+0200");
        assertThat(TimeText.format(new FakeScriptContext(), "%z", MOMENT.withZoneSameInstant(ZoneOffset.UTC)))
                .isEqualTo("+0000");
    }

    @Test
    void shouldReportUnknownAndUnfinishedPlaces() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> format("at %Q"))
                .withMessage("`%Q` at byte 3 of the format is unknown");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> format("50%"))
                .withMessage("the format ends in an unfinished `%`");
    }

    private static String format(String format) {
        return TimeText.format(new FakeScriptContext(), format, MOMENT);
    }
}

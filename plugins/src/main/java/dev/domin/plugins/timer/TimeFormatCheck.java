package dev.domin.plugins.timer;

import dev.domin.spi.ArgumentCheck;
import java.time.Instant;
import java.time.ZoneOffset;

/** Checks a literal format of a time, by formatting one. */
public final class TimeFormatCheck implements ArgumentCheck {

    /** Creates the check. */
    public TimeFormatCheck() {}

    @Override
    public void check(String argument, Object... further) {
        TimeText.format(null, argument, Instant.EPOCH.atZone(ZoneOffset.UTC));
    }
}

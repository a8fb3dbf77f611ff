package dev.domin.plugins.log;

import dev.domin.spi.Escapes;
import dev.domin.spi.ScriptError;
import java.util.Locale;

/** How serious a message is, the least serious first. */
enum Level {
    TRACE(7),
    DEBUG(7),
    INFO(6),
    WARN(4),
    ERROR(3);

    private final int severity;

    Level(int severity) {
        this.severity = severity;
    }

    static Level named(String word) {
        for (var level : values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        throw new ScriptError(
                "there is no level \"" + Escapes.quote(word) + "\"",
                "the levels are \"trace\", \"debug\", \"info\", \"warn\" and \"error\"");
    }

    /** {@return its name in scripts} */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return its number in syslog (RFC 5424), where 7 is the least serious} */
    int severity() {
        return severity;
    }
}

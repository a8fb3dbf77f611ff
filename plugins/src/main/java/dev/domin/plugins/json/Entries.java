package dev.domin.plugins.json;

import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;

/** Counts the values of a text. Not thread-safe. */
final class Entries {

    private final long most;
    private long count;

    Entries(long most) {
        this.most = most;
    }

    void add() {
        if (++count > most) {
            throw Limit.ENTRIES.exceeded(
                    "the text has more than " + most + " values, which is the limit", "parse it in parts");
        }
    }

    /** {@return the error for an array or object that cannot have one value more} */
    static ScriptError full(long most) {
        return Limit.ENTRIES.exceeded(
                "the value has " + most + " entries, which is the limit", "spread them over several values");
    }
}

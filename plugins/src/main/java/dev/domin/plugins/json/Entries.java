package dev.domin.plugins.json;

import dev.domin.spi.Limit;
import dev.domin.spi.ScriptError;

/** Counts the values of a text, or of a value that is copied. Not thread-safe. */
final class Entries {

    private final long most;
    private final String what;
    private final String remedy;
    private long count;

    private Entries(long most, String what, String remedy) {
        this.most = most;
        this.what = what;
        this.remedy = remedy;
    }

    static Entries ofText(long most) {
        return new Entries(most, "the text", "parse it in parts");
    }

    static Entries ofCopy(long most) {
        return new Entries(most, "the value to copy", "copy it in parts");
    }

    void add() {
        if (++count > most) {
            throw Limit.ENTRIES.exceeded(what + " has more than " + most + " values, which is the limit", remedy);
        }
    }

    /** {@return the error for an array or object that cannot have one value more} */
    static ScriptError full(long most) {
        return Limit.ENTRIES.exceeded(
                "the value has " + most + " entries, which is the limit", "spread them over several values");
    }
}

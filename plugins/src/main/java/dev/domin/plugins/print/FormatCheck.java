package dev.domin.plugins.print;

import dev.domin.plugins.format.Formatter;
import dev.domin.spi.ArgumentCheck;

/** Checks a literal format against the values of the call, by formatting examples of them. */
public final class FormatCheck implements ArgumentCheck {

    /** Creates the check. */
    public FormatCheck() {}

    @Override
    public void check(String argument, Object... further) {
        Formatter.check(argument, further);
    }
}

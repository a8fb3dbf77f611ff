package dev.domin.plugins.log;

import dev.domin.spi.ArgumentCheck;

/** Checks that a literal name of a format is one. */
public final class FormatNameCheck implements ArgumentCheck {

    /** Creates the check. */
    public FormatNameCheck() {}

    @Override
    public void check(String argument, Object... further) {
        LogPlugin.isJson(argument);
    }
}

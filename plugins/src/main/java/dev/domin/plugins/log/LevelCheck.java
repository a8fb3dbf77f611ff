package dev.domin.plugins.log;

import dev.domin.spi.ArgumentCheck;

/** Checks that a literal level is one. */
public final class LevelCheck implements ArgumentCheck {

    /** Creates the check. */
    public LevelCheck() {}

    @Override
    public void check(String argument, Object... further) {
        Level.named(argument);
    }
}

package dev.domin.plugins.web;

import dev.domin.spi.ScriptError;

/** How long a text can be. */
final class Limits {

    private static final int LONGEST_TEXT = Integer.MAX_VALUE - 16;

    private Limits() {}

    static void checkLength(long length) {
        if (length > LONGEST_TEXT) {
            throw new ScriptError("the text could have over " + LONGEST_TEXT + " bytes, too long for a string");
        }
    }
}

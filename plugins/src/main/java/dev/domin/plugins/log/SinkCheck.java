package dev.domin.plugins.log;

import dev.domin.spi.ArgumentCheck;

/** Checks a literal kind of sink, and a literal target of syslog. */
public final class SinkCheck implements ArgumentCheck {

    /** Creates the check. */
    public SinkCheck() {}

    @Override
    public void check(String argument, Object... further) {
        LogPlugin.checkSink(argument, (String) further[0]);
    }
}

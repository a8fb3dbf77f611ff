package dev.domin.plugins.packet;

import dev.domin.plugins.loopback.LoopbackHost;
import dev.domin.spi.ArgumentCheck;

/** Checks that a literal host is on loopback. */
public final class HostCheck implements ArgumentCheck {

    /** Creates the check. */
    public HostCheck() {}

    @Override
    public void check(String argument, Object... further) {
        LoopbackHost.parse(argument);
    }
}

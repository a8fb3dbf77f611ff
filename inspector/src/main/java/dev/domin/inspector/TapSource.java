package dev.domin.inspector;

import dev.domin.inspector.packets.PacketSource;
import dev.domin.testkit.Faults;
import dev.domin.testkit.Journal;
import dev.domin.testkit.TappedEndpoint;
import dev.domin.testkit.UdpTap;
import java.util.List;

/** The packets of a tap. */
record TapSource(UdpTap tap) implements PacketSource {

    @Override
    public Journal journal() {
        return tap.journal();
    }

    @Override
    public Faults faults() {
        return tap.faults();
    }

    @Override
    public List<TappedEndpoint> endpoints() {
        return tap.endpoints();
    }
}

package dev.domin.inspector;

import dev.domin.inspector.packets.PacketSource;
import dev.domin.testkit.Faults;
import dev.domin.testkit.Journal;
import dev.domin.testkit.TappedEndpoint;
import dev.domin.testkit.UdpServer;
import java.util.List;

/** The packets of a server of the test kit. */
record ServerSource(UdpServer server) implements PacketSource {

    @Override
    public Journal journal() {
        return server.journal();
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public List<TappedEndpoint> endpoints() {
        return server.endpoints();
    }
}

package dev.domin.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The ports that an endpoint can have, all of which have to pass the same tests. */
enum PortKind {
    CHANNEL(Batching.OFF),
    BATCHES(Batching.NOW);

    private final Batching batching;

    PortKind(Batching batching) {
        this.batching = batching;
    }

    /** {@return the kinds that this system offers} */
    static List<PortKind> available() {
        List<PortKind> kinds = new ArrayList<>(List.of(values()));
        if (!batchesAvailable()) {
            kinds.remove(BATCHES);
        }
        return kinds;
    }

    static boolean batchesAvailable() {
        try {
            BatchSupport.require();
            return true;
        } catch (IOException e) {
            System.out.println("left out: batches of packets: " + e.getMessage());
            return false;
        }
    }

    UdpOptions options() {
        return UdpOptions.DEFAULTS.withBatching(batching);
    }
}

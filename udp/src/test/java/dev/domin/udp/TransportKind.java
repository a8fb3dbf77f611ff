package dev.domin.udp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The transports that an endpoint can have, all of which have to pass the same tests. */
enum TransportKind {
    CHANNEL(Batching.OFF),
    BATCHES(Batching.NOW);

    private static final AtomicBoolean REPORTED = new AtomicBoolean();

    private final Batching batching;

    TransportKind(Batching batching) {
        this.batching = batching;
    }

    /** {@return the kinds that this system offers} */
    static List<TransportKind> available() {
        List<TransportKind> kinds = new ArrayList<>(List.of(values()));
        if (!batchesAvailable()) {
            kinds.remove(BATCHES);
        }
        return kinds;
    }

    static boolean batchesAvailable() {
        try {
            UdpEndpoint.open(Options.batching(UdpOptions.DEFAULTS, Batching.NOW), packet -> {})
                    .close();
            return true;
        } catch (IOException e) {
            if (REPORTED.compareAndSet(false, true)) {
                System.out.println("left out: batches of packets: " + e.getMessage());
            }
            return false;
        }
    }

    UdpOptions options() {
        return Options.batching(UdpOptions.DEFAULTS, batching);
    }
}

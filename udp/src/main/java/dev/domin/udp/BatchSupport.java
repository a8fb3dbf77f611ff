package dev.domin.udp;

import java.io.IOException;

/** Finds out, once for the process, whether this system can do batches, and links what they need. */
final class BatchSupport {

    /**
     * The system property that keeps answers to one client from being handed to the system as a train, by the value {@code off};
     * {@code on} is the default. What listens on the interface sees a train as one large packet.
     */
    static final String TRAINS_PROPERTY = "dev.domin.udp.trains";

    private BatchSupport() {}

    /**
     * Takes its time at the first call.
     *
     * @throws IOException if there are no batches to be had here; the message tells why
     */
    static void require() throws IOException {
        String problem = Found.PROBLEM;
        if (problem != null) {
            throw new IOException(problem);
        }
    }

    /** {@return whether answers to one client may be handed to the system as a train} Takes its time at the first call. */
    static boolean trains() {
        return Trains.USED;
    }

    private static final class Trains {
        static final boolean USED = find();

        private Trains() {}

        private static boolean find() {
            try {
                return trainsWanted().equals("on") && BatchSocket.probeTrains();
            } catch (IOException | RuntimeException | Error e) {
                return false; // one at a time is as good, but for speed
            }
        }
    }

    private static String trainsWanted() {
        return System.getProperty(TRAINS_PROPERTY, "on");
    }

    private static final class Found {
        static final String PROBLEM = find();

        private Found() {}

        private static String find() {
            String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            if (!system.equals("Linux on amd64") && !system.equals("Linux on aarch64")) {
                return "they are for Linux on amd64 and aarch64 only, this is " + system;
            }
            String wanted = trainsWanted();
            if (!wanted.equals("on") && !wanted.equals("off")) {
                return "the system property " + TRAINS_PROPERTY + " must be on or off, got " + wanted;
            }
            Module module = BatchSupport.class.getModule();
            if (!module.isNativeAccessEnabled()) {
                return "native access is not enabled; start java with --enable-native-access="
                        + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
            }
            try {
                BatchSocket.probe();
                return null;
            } catch (IOException | RuntimeException | Error e) {
                return "the system calls cannot be used: " + e;
            }
        }
    }
}

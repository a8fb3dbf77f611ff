package dev.domin.udp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/** Finds out, once for the process, whether this system can do batches, and links what they need. */
final class BatchSupport {

    /**
     * The system property that keeps answers to one client from being handed to the system as a train, by the value {@code off};
     * {@code on} is the default. What listens on the interface sees a train as one large packet.
     */
    static final String TRAINS_PROPERTY = "dev.domin.udp.trains";

    private static final int PROBE_MILLIS = 500;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int LOOPBACK_NUMBER = 0x7F000001;

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
                return trainsWanted().equals("on") && probeTrains();
            } catch (IOException | RuntimeException | Error e) {
                return false; // one at a time is as good, but for speed
            }
        }
    }

    /**
     * Makes sure that this system ends a receive the way that {@link BatchSocket#close} relies on; some that imitate Linux do not.
     *
     * @throws IOException if it does not
     */
    private static void probe() throws IOException {
        BatchMemory memory = BatchMemory.allocate();
        try {
            int socket = LinuxCalls.socket();
            try {
                memory.limitWaiting(socket);
                LinuxCalls.endReceiving(socket);
                if (memory.receive(socket, 1) <= 0 || memory.hasSender(0)) {
                    throw new IOException("this system cannot end a receive under way");
                }
                if (!SocketCalls.awaitPacket(socket)) {
                    throw new IOException("this system cannot wait for a packet without receiving it");
                }
            } finally {
                LinuxCalls.close(socket);
            }
        } finally {
            memory.free();
        }
    }

    /**
     * {@return whether this system cuts a train of answers into datagrams; some do not know how, and would send it as one}
     *
     * @throws IOException if that cannot be found out
     */
    private static boolean probeTrains() throws IOException {
        BatchMemory memory = BatchMemory.allocate();
        try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET)) {
            receiver.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            // To itself: a socket that is not bound would be on all addresses from its first packet on.
            int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
            int socket = OwnDescriptor.ofPort(port).number();
            byte[] answer = {1};
            memory.putAnswer(0, 0, answer, 0, 1, LOOPBACK_NUMBER, port);
            memory.joinAnswer(0, 1, answer, 0, 1, 1, 2);
            memory.send(socket, 0, 1, LinuxCalls.MSG_DONTWAIT);
            // A busy system may deliver them a moment later, and it is a busy server that goes over to batches.
            receiver.socket().setSoTimeout(PROBE_MILLIS);
            DatagramPacket packet = new DatagramPacket(new byte[2], 2);
            receiver.socket().receive(packet);
            if (packet.getLength() != 1) {
                return false;
            }
            receiver.socket().receive(packet);
            return true;
        } finally {
            memory.free();
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
                probe();
                return null;
            } catch (IOException | RuntimeException | Error e) {
                return "the system calls cannot be used: " + e;
            }
        }
    }
}

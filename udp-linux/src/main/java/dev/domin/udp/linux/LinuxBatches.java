package dev.domin.udp.linux;

import dev.domin.udp.transport.BatchSupport;
import dev.domin.udp.transport.PacketBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Batches by system calls of Linux. Checks, once for the process, whether this system supports them. */
public final class LinuxBatches implements BatchSupport {

    /**
     * The system property that switches segmentation offload off, by the value {@code off}; {@code on} is the default,
     * which switches it off only while something captures packets on loopback: it would see the answers to one client
     * as one large packet.
     */
    public static final String OFFLOAD_PROPERTY = "dev.domin.udp.gso";

    private static final int PROBE_MILLIS = 500;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int LOOPBACK_NUMBER = 0x7F000001;

    /** Creates the support. Nothing is checked until {@link #find} is called. */
    public LinuxBatches() {}

    @Override
    public Source find(InetSocketAddress bound) throws IOException {
        require();
        SocketDescriptor descriptor = descriptor(bound);
        boolean offload = offloads();
        return () -> LinuxBatchSocket.of(descriptor, offload);
    }

    @Override
    public long lostPackets(InetSocketAddress bound) throws IOException {
        require();
        return descriptor(bound).lostPackets();
    }

    private static SocketDescriptor descriptor(InetSocketAddress bound) throws IOException {
        int host = PacketBuffer.number(bound.getAddress());
        if (host == 0) {
            throw new IOException("batches are for IPv4 only");
        }
        return SocketDescriptor.find(host, bound.getPort());
    }

    @Override
    public void discard(ByteBuffer unused) {
        SystemCalls.discard(MemorySegment.ofBuffer(unused.clear()));
    }

    /**
     * Checks whether batches are available. The first call takes long.
     *
     * @throws IOException if they are not; the message gives the reason
     */
    private static void require() throws IOException {
        String problem = Support.PROBLEM;
        if (problem != null) {
            throw new IOException(problem);
        }
    }

    /** {@return whether the system cuts joined answers into datagrams} The first call takes long. */
    static boolean offloads() {
        return Offload.USED;
    }

    private static final class Offload {
        static final boolean USED = find();

        private Offload() {}

        private static boolean find() {
            try {
                return offloadProperty().equals("on") && probeOffload();
            } catch (IOException | RuntimeException | Error e) {
                return false; // works as well, only slower
            }
        }
    }

    /**
     * Checks that this system ends a receive in the way that {@link LinuxBatchSocket#close} relies on; some systems
     * that emulate Linux do not.
     *
     * @throws IOException if it does not
     */
    private static void probe() throws IOException {
        BatchMemory memory = BatchMemory.allocate();
        try {
            int socket = SystemCalls.socket();
            try {
                memory.limitWaiting(socket);
                SystemCalls.endReceiving(socket);
                if (memory.receive(socket, 1) <= 0 || memory.hasSender(0)) {
                    throw new IOException("this system cannot end a running receive");
                }
                if (!SystemCalls.awaitPacket(socket)) {
                    throw new IOException("this system cannot wait for a packet without receiving it");
                }
            } finally {
                SystemCalls.close(socket);
            }
        } finally {
            memory.free();
        }
    }

    /**
     * {@return whether this system cuts a message into datagrams; some systems send it as one}
     *
     * @throws IOException if that cannot be checked
     */
    private static boolean probeOffload() throws IOException {
        BatchMemory memory = BatchMemory.allocate();
        try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET)) {
            receiver.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
            // To itself: a socket that is not bound would be bound to all addresses by its first packet.
            int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
            int socket = SocketDescriptor.find(LOOPBACK_NUMBER, port).number();
            byte[] answer = {1};
            memory.putAnswer(0, 0, answer, 0, 1, LOOPBACK_NUMBER, port);
            memory.joinAnswer(0, 1, answer, 0, 1, 1, 2);
            memory.send(socket, 0, 1, Constants.MSG_DONTWAIT);
            // A busy system may deliver them later, and endpoints switch to batches when they are busy.
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

    private static String offloadProperty() {
        return System.getProperty(OFFLOAD_PROPERTY, "on");
    }

    private static final class Support {
        static final @Nullable String PROBLEM = find();

        private Support() {}

        private static @Nullable String find() {
            String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
            if (!system.equals("Linux on amd64") && !system.equals("Linux on aarch64")) {
                return "batches are for Linux on amd64 and aarch64 only, this is " + system;
            }
            String wanted = offloadProperty();
            if (!wanted.equals("on") && !wanted.equals("off")) {
                return "the system property " + OFFLOAD_PROPERTY + " must be on or off, got " + wanted;
            }
            Module module = LinuxBatches.class.getModule();
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

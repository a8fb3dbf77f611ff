package dev.domin.udp.linux;

import java.io.IOException;

/** Gives tests of other packages access to this one. */
public final class LinuxProbe {

    private static final int LOOPBACK = 0x7F000001;

    private LinuxProbe() {}

    /** {@return whether the system cuts joined answers into datagrams} */
    public static boolean offloads() {
        return LinuxBatches.offloads();
    }

    /** {@return whether answers may share a message now, since nothing captures packets} */
    public static boolean allowsSharing() {
        return CaptureWatch.allowsSharing();
    }

    /** {@return the descriptor of the socket that is bound to a port on 127.0.0.1} */
    public static int descriptor(int port) throws IOException {
        return SocketDescriptor.find(LOOPBACK, port).number();
    }

    /** {@return whether sockets that wait have to release their memory} */
    public static boolean memoryIsScarce() {
        return BatchMemoryPool.isScarce();
    }
}

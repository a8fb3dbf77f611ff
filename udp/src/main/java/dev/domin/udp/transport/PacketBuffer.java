package dev.domin.udp.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The payload and the sender of one datagram, in an array that is reused for later datagrams. For one thread at a time.
 */
public final class PacketBuffer {

    /** The largest payload that fits into a UDP datagram over IPv4. */
    public static final int MAX_PAYLOAD = 65_507;

    private static final int INITIAL_CAPACITY = 2048;
    private static final int MAX_CAPACITY = 65_535;
    private static final int LOOPBACK_NETWORK = 127;

    private final int headroom;
    private byte[] array;
    private int length;
    private @Nullable InetSocketAddress sender; // null until it is needed, where the numbers are known
    private int senderHost; // 0 for an IPv6 address
    private int senderPort;
    private long number; // 0 where nobody needs numbers, as the next
    private long arrival;

    /**
     * Creates an empty buffer.
     *
     * @param headroom bytes kept free before the payload
     */
    public PacketBuffer(int headroom) {
        this(headroom, INITIAL_CAPACITY);
    }

    /**
     * Creates an empty buffer.
     *
     * @param headroom bytes kept free before the payload
     * @param capacity the length of the largest payload for which the array need not be replaced
     */
    public PacketBuffer(int headroom, int capacity) {
        this.headroom = headroom;
        this.array = new byte[headroom + capacity];
    }

    /** {@return the array that holds the payload, from {@link #offset} on; a larger packet brings a larger array} */
    public byte[] array() {
        return array;
    }

    /** {@return where the payload begins in the array} */
    public int offset() {
        return headroom;
    }

    /** {@return the length of the payload in bytes} */
    public int length() {
        return length;
    }

    /** {@return the sender's IPv4 address as a number, or 0 for an IPv6 address} */
    public int senderHost() {
        return senderHost;
    }

    /** {@return the sender's port} */
    public int senderPort() {
        return senderPort;
    }

    /** {@return the sender; this object stays valid when the buffer is reused} */
    public InetSocketAddress sender() {
        if (sender == null) {
            sender = new InetSocketAddress(address(senderHost), senderPort);
        }
        return sender;
    }

    /** {@return the number of the packet in this buffer, or 0 if the packets of its endpoint are not numbered} */
    public long number() {
        return number;
    }

    /**
     * Numbers the packet.
     *
     * @param packetNumber its number, from 1
     */
    public void number(long packetNumber) {
        number = packetNumber;
    }

    /** {@return the number with which the impairment saw the packet; 0 where there is none} */
    public long arrival() {
        return arrival;
    }

    /**
     * Sets the number with which the impairment saw the packet.
     *
     * @param number its number, from 1
     */
    public void arrival(long number) {
        arrival = number;
    }

    /** {@return whether the sender's address is on loopback} */
    public boolean isFromLoopback() {
        return senderHost != 0
                ? senderHost >>> 24 == LOOPBACK_NETWORK
                : sender().getAddress().isLoopbackAddress();
    }

    /**
     * Makes room for a packet; the payload is then written into the array.
     *
     * @param packetLength the length of its payload
     * @param from its sender
     */
    public void prepare(int packetLength, InetSocketAddress from) {
        if (!from.equals(sender)) {
            sender = from;
            senderHost = number(from.getAddress());
            senderPort = from.getPort();
        }
        prepare(packetLength);
    }

    /**
     * Makes room for a packet without creating an object for its sender's address.
     *
     * @param packetLength the length of its payload
     * @param fromHost its sender's IPv4 address as a number
     * @param fromPort its sender's port
     */
    public void prepare(int packetLength, int fromHost, int fromPort) {
        if (fromPort != senderPort || fromHost != senderHost) {
            sender = null;
            senderHost = fromHost;
            senderPort = fromPort;
        }
        prepare(packetLength);
    }

    /**
     * Makes room for another payload of the same sender and arrival.
     *
     * @param other the packet of that sender
     * @param packetLength the length of the payload
     */
    public void prepareLike(PacketBuffer other, int packetLength) {
        if (other.senderHost != 0) {
            prepare(packetLength, other.senderHost, other.senderPort);
        } else {
            prepare(packetLength, other.sender());
        }
        arrival = other.arrival;
    }

    /**
     * Copies a packet.
     *
     * @param packet the packet
     */
    public void copy(PacketBuffer packet) {
        prepareLike(packet, packet.length);
        System.arraycopy(packet.array, packet.headroom, array, headroom, length);
    }

    private void prepare(int packetLength) {
        int needed = headroom + packetLength;
        if (needed > array.length) {
            array = new byte[Math.max(needed, Math.min(2 * array.length, headroom + MAX_CAPACITY))];
        }
        length = packetLength;
    }

    /**
     * {@return an IPv4 address as a number; 127.0.0.1 is 0x7F000001. 0 for an IPv6 address}
     *
     * @param address the address
     */
    public static int number(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return 0;
        }
        byte[] octets = address.getAddress();
        return octets[0] << 24 | (octets[1] & 0xFF) << 16 | (octets[2] & 0xFF) << 8 | octets[3] & 0xFF;
    }

    /**
     * {@return the IPv4 address of a number}
     *
     * @param number as {@link #number(InetAddress)} returns it
     */
    public static InetAddress address(int number) {
        byte[] octets = {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // for a wrong number of octets only
        }
    }
}

package dev.domin.udp.linux;

import dev.domin.udp.transport.PacketBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of a socket that works in batches: received packets and held answers, with the headers that the system
 * calls need (Linux, 64 bits: {@code mmsghdr}, {@code iovec}, {@code sockaddr_in}).
 *
 * <p>A received packet has two parts: a small one, and one for the rest of a large packet, which uses no memory as long
 * as there are no large packets. Answers are stored one behind the other, so a message can carry several of one length
 * to one client; see {@link SegmentationOffload}. The slot behind the last message is for packets that are sent at
 * once.
 *
 * <p>Only one thread at a time may receive and take, and one at a time put and send. {@link BatchMemoryPool} keeps
 * unused memory.
 */
final class BatchMemory {

    /** The most packets in a batch. */
    static final int SLOTS = 64;

    /** The slot of the packet that is sent at once. */
    static final int EXTRA = SLOTS;

    /** Room for answers in bytes, enough for one of any size. */
    static final int ANSWER_BYTES = 128 << 10;

    /**
     * More than an Ethernet packet, and an odd number of cache lines, so that the slots use all cache sets.
     */
    private static final int FIRST_PART = 31 * 64;

    private static final int SECOND_PART = 64 << 10;

    private static final int IN_STATE = 0;
    private static final int OUT_STATE = 64;
    private static final int IN_HEADERS = 128;
    private static final int IN_PARTS = IN_HEADERS + SLOTS * Structures.MMSGHDR_SIZE;
    private static final int IN_NAMES = IN_PARTS + SLOTS * 2 * Structures.IOVEC_SIZE;
    private static final int OUT_HEADERS = IN_NAMES + SLOTS * Structures.SOCKADDR_IN_SIZE;
    private static final int OUT_PARTS = OUT_HEADERS + (SLOTS + 1) * Structures.MMSGHDR_SIZE;
    private static final int OUT_NAMES = OUT_PARTS + (SLOTS + 1) * Structures.IOVEC_SIZE;
    private static final int OUT_CONTROLS = OUT_NAMES + (SLOTS + 1) * Structures.SOCKADDR_IN_SIZE;
    private static final int IN_FIRST = 16 << 10;
    private static final int OUT_BYTES = IN_FIRST + SLOTS * FIRST_PART;
    private static final int EXTRA_BYTES = OUT_BYTES + ANSWER_BYTES;
    private static final int IN_SECOND = EXTRA_BYTES + (64 << 10);
    private static final int SIZE = IN_SECOND + SLOTS * SECOND_PART;

    private final MemorySegment all;
    private final ByteBuffer bytes;
    private final MemorySegment inState;
    private final MemorySegment outState;
    private final MemorySegment inHeaders;
    private final MemorySegment[] outHeaders; // from each slot on; a slice for each call would be an object
    private boolean touchedSecond;

    private BatchMemory(MemorySegment all) {
        this.all = all;
        this.bytes = all.asByteBuffer().order(ByteOrder.nativeOrder());
        this.inState = all.asSlice(IN_STATE, SystemCalls.STATE_SIZE);
        this.outState = all.asSlice(OUT_STATE, SystemCalls.STATE_SIZE);
        this.inHeaders = all.asSlice(IN_HEADERS, (long) SLOTS * Structures.MMSGHDR_SIZE);
        this.outHeaders = new MemorySegment[SLOTS + 1];
        long start = all.address();
        for (int i = 0; i < SLOTS; i++) {
            int parts = IN_PARTS + 2 * i * Structures.IOVEC_SIZE;
            Structures.putPiece(bytes, parts, start + IN_FIRST + (long) i * FIRST_PART, FIRST_PART);
            Structures.putPiece(
                    bytes, parts + Structures.IOVEC_SIZE, start + IN_SECOND + (long) i * SECOND_PART, SECOND_PART);
            Structures.putHeader(
                    bytes,
                    IN_HEADERS + i * Structures.MMSGHDR_SIZE,
                    start + IN_NAMES + (long) i * Structures.SOCKADDR_IN_SIZE,
                    start + parts,
                    2);
        }
        for (int i = 0; i <= SLOTS; i++) {
            int part = OUT_PARTS + i * Structures.IOVEC_SIZE;
            bytes.putShort(
                    OUT_NAMES + i * Structures.SOCKADDR_IN_SIZE + Structures.SIN_FAMILY, (short) Constants.AF_INET);
            int header = OUT_HEADERS + i * Structures.MMSGHDR_SIZE;
            outHeaders[i] = all.asSlice(header, (SLOTS + 1L - i) * Structures.MMSGHDR_SIZE);
            Structures.putHeader(
                    bytes, header, start + OUT_NAMES + (long) i * Structures.SOCKADDR_IN_SIZE, start + part, 1);
        }
        for (int i = 0; i < SLOTS; i++) {
            int control = OUT_CONTROLS + i * Structures.CMSG_SIZE;
            bytes.putLong(control, Structures.CMSG_DATA + Short.BYTES);
            bytes.putInt(control + Structures.CMSG_LEVEL, Constants.SOL_UDP);
            bytes.putInt(control + Structures.CMSG_TYPE, Constants.UDP_SEGMENT);
            bytes.putLong(OUT_HEADERS + i * Structures.MMSGHDR_SIZE + Structures.MSG_CONTROL, start + control);
        }
    }

    /**
     * Allocates memory.
     *
     * @throws IOException if there is none left
     */
    static BatchMemory allocate() throws IOException {
        return new BatchMemory(SystemCalls.map(SIZE));
    }

    /** Frees it. It must not be used any more. */
    void free() {
        SystemCalls.unmap(all);
    }

    /**
     * Resets it for another socket. A receive that was ended sets the length of the address of the sender to 0, and the
     * next receive would read that as the room for an address.
     */
    void reset() {
        for (int i = 0; i < SLOTS; i++) {
            bytes.putInt(
                    IN_HEADERS + i * Structures.MMSGHDR_SIZE + Structures.MSG_NAMELEN, Structures.SOCKADDR_IN_SIZE);
        }
    }

    /** {@return whether it has held small packets only, so that little of it is in use} */
    boolean isSmall() {
        return !touchedSecond;
    }

    /** {@return the number of packets, or -1 for none or an error} */
    int poll(int socket, int most) {
        return SystemCalls.recvmmsg(socket, inHeaders, most, Constants.MSG_DONTWAIT);
    }

    /** Waits for a packet. {@return the number of packets, or -1 for an error; see {@link #inError}} */
    int receive(int socket, int most) {
        int packets = SystemCalls.recvmmsg(socket, inHeaders, most, Constants.MSG_WAITFORONE);
        return packets >= 0
                ? packets
                : SystemCalls.recvmmsg(inState, socket, inHeaders, most, Constants.MSG_WAITFORONE);
    }

    /** Limits receives from a socket to a tenth of a second. */
    void limitWaiting(int socket) throws IOException {
        bytes.putLong(OUT_STATE, 0);
        bytes.putLong(OUT_STATE + Long.BYTES, 100_000);
        MemorySegment time = all.asSlice(OUT_STATE, Structures.TIMEVAL_SIZE);
        SystemCalls.setsockopt(socket, Constants.SOL_SOCKET, Constants.SO_RCVTIMEO, time);
    }

    int inError() {
        return bytes.getInt(IN_STATE + SystemCalls.ERRNO_OFFSET);
    }

    /** {@return whether the address of the sender is set, as it is for every packet} */
    boolean hasSender(int slot) {
        return bytes.getInt(IN_HEADERS + slot * Structures.MMSGHDR_SIZE + Structures.MSG_NAMELEN) != 0;
    }

    /** {@return whether a received packet was sent from a port and has exactly this payload, which is short} */
    boolean isFrom(int slot, int port, byte[] payload) {
        int name = IN_NAMES + slot * Structures.SOCKADDR_IN_SIZE;
        int length = bytes.getInt(IN_HEADERS + slot * Structures.MMSGHDR_SIZE + Structures.MSG_LEN);
        if (Structures.port(bytes, name) != port || length != payload.length) {
            return false;
        }
        int first = IN_FIRST + slot * FIRST_PART;
        for (int i = 0; i < length; i++) { // without a view, for which there may be no memory
            if (bytes.get(first + i) != payload[i]) {
                return false;
            }
        }
        return true;
    }

    /** Copies a received packet. */
    void take(int slot, PacketBuffer into) {
        int length = bytes.getInt(IN_HEADERS + slot * Structures.MMSGHDR_SIZE + Structures.MSG_LEN);
        int name = IN_NAMES + slot * Structures.SOCKADDR_IN_SIZE;
        into.prepare(length, Structures.host(bytes, name), Structures.port(bytes, name));
        int first = Math.min(length, FIRST_PART);
        bytes.get(IN_FIRST + slot * FIRST_PART, into.array(), into.offset(), first);
        if (length > first) {
            touchedSecond = true;
            bytes.get(IN_SECOND + slot * SECOND_PART, into.array(), into.offset() + first, length - first);
        }
    }

    /** Puts an answer into a slot, and its payload at an offset in the room for answers. */
    void putAnswer(int slot, int start, byte[] source, int offset, int length, int host, int port) {
        put(slot, OUT_BYTES + start, source, offset, length);
        Structures.putAddress(bytes, OUT_NAMES + slot * Structures.SOCKADDR_IN_SIZE, host, port);
        bytes.putLong(OUT_HEADERS + slot * Structures.MMSGHDR_SIZE + Structures.MSG_CONTROLLEN, 0);
    }

    /**
     * Adds an answer to the message in the last slot.
     *
     * @param start where in the room for answers: where the last one ends
     * @param segment how long each of them is; the last may be shorter
     * @param total how long they are together, this one included
     */
    void joinAnswer(int slot, int start, byte[] source, int offset, int length, int segment, int total) {
        bytes.put(OUT_BYTES + start, source, offset, length);
        bytes.putLong(OUT_PARTS + slot * Structures.IOVEC_SIZE + Structures.IOV_LEN, total);
        bytes.putShort(OUT_CONTROLS + slot * Structures.CMSG_SIZE + Structures.CMSG_DATA, (short) segment);
        bytes.putLong(OUT_HEADERS + slot * Structures.MMSGHDR_SIZE + Structures.MSG_CONTROLLEN, Structures.CMSG_SIZE);
    }

    /** Lets the slot for what is sent at once refer to one of the answers that share a slot. */
    void pickAnswer(int slot, int index) {
        int part = OUT_PARTS + slot * Structures.IOVEC_SIZE;
        int control = OUT_CONTROLS + slot * Structures.CMSG_SIZE;
        int segment = Short.toUnsignedInt(bytes.getShort(control + Structures.CMSG_DATA));
        int start = index * segment;
        int length = Math.min(segment, (int) bytes.getLong(part + Structures.IOV_LEN) - start);
        Structures.putPiece(bytes, OUT_PARTS + EXTRA * Structures.IOVEC_SIZE, bytes.getLong(part) + start, length);
        bytes.putLong(
                OUT_NAMES + EXTRA * Structures.SOCKADDR_IN_SIZE,
                bytes.getLong(OUT_NAMES + slot * Structures.SOCKADDR_IN_SIZE));
    }

    /** {@return the receiver of the message in a slot} */
    InetSocketAddress receiver(int slot) {
        int name = OUT_NAMES + slot * Structures.SOCKADDR_IN_SIZE;
        return new InetSocketAddress(PacketBuffer.address(Structures.host(bytes, name)), Structures.port(bytes, name));
    }

    /** Puts a packet into the slot for what is sent at once. */
    void putExtra(byte[] source, int offset, int length, InetSocketAddress to) {
        put(EXTRA, EXTRA_BYTES, source, offset, length);
        Structures.putAddress(
                bytes,
                OUT_NAMES + EXTRA * Structures.SOCKADDR_IN_SIZE,
                PacketBuffer.number(to.getAddress()),
                to.getPort());
    }

    /** {@return how many messages were sent, or -1 if the system refused the first; see {@link #outError}} */
    int send(int socket, int firstSlot, int count, int flags) {
        int sent = SystemCalls.sendmmsg(socket, outHeaders[firstSlot], count, flags);
        return sent >= 0 ? sent : SystemCalls.sendmmsg(outState, socket, outHeaders[firstSlot], count, flags);
    }

    int outError() {
        return bytes.getInt(OUT_STATE + SystemCalls.ERRNO_OFFSET);
    }

    private void put(int slot, int at, byte[] source, int offset, int length) {
        bytes.put(at, source, offset, length);
        Structures.putPiece(bytes, OUT_PARTS + slot * Structures.IOVEC_SIZE, all.address() + at, length);
    }
}

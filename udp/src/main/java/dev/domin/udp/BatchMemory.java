package dev.domin.udp;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of a socket that works in batches: the packets that came and the answers that are held, with the headers
 * that the system wants for them (Linux, 64 bits: {@code mmsghdr}, {@code iovec}, {@code sockaddr_in}).
 *
 * <p>A packet that comes has room in two parts: a small one, and one for the rest of a large packet, of which nothing is
 * touched as long as there are none, so it costs nothing. Answers lie one behind the other, so a message can carry several of
 * one length to one client as a train, which the system cuts into datagrams (udp(7), {@code UDP_SEGMENT}). The place behind
 * the last message is for packets that are sent at once.
 *
 * <p>One thread at a time receives and takes, one at a time puts and sends. {@link BatchMemories} lends it.
 */
final class BatchMemory {

    /** The most packets in a batch. */
    static final int SLOTS = 64;

    /** The place of the packet that is sent at once. */
    static final int EXTRA = SLOTS;

    /** Room for answers in bytes; always enough for one of any size. */
    static final int ANSWER_BYTES = 128 << 10;

    private static final int HEADER_SIZE = 64;
    private static final int NAME_POINTER = 0;
    private static final int NAME_LENGTH = 8;
    private static final int PARTS_POINTER = 16;
    private static final int PARTS_COUNT = 24;
    private static final int CONTROL_POINTER = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int MESSAGE_LENGTH = 56;

    private static final int PART_SIZE = 16;
    private static final int PART_LENGTH = 8;

    private static final int NAME_SIZE = 16;
    private static final int NAME_FAMILY = 0;
    private static final int NAME_PORT = 2;
    private static final int NAME_HOST = 4;
    private static final short AF_INET = 2;

    private static final int CONTROL_SIZE = 24;
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_DATA = 16;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    /** More than an Ethernet packet, and an odd number of cache lines: so the slots do not crowd into a few cache sets. */
    private static final int FIRST_PART = 31 * 64;

    private static final int SECOND_PART = 64 << 10;

    private static final int IN_STATE = 0;
    private static final int OUT_STATE = 64;
    private static final int IN_HEADERS = 128;
    private static final int IN_PARTS = IN_HEADERS + SLOTS * HEADER_SIZE;
    private static final int IN_NAMES = IN_PARTS + SLOTS * 2 * PART_SIZE;
    private static final int OUT_HEADERS = IN_NAMES + SLOTS * NAME_SIZE;
    private static final int OUT_PARTS = OUT_HEADERS + (SLOTS + 1) * HEADER_SIZE;
    private static final int OUT_NAMES = OUT_PARTS + (SLOTS + 1) * PART_SIZE;
    private static final int OUT_CONTROLS = OUT_NAMES + (SLOTS + 1) * NAME_SIZE;
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
    private final MemorySegment[] outHeaders; // from each slot on, made once: a slice made for a call is an object
    private boolean touchedSecond;

    private BatchMemory(MemorySegment all) {
        this.all = all;
        this.bytes = all.asByteBuffer().order(ByteOrder.nativeOrder());
        this.inState = all.asSlice(IN_STATE, LinuxCalls.STATE_SIZE);
        this.outState = all.asSlice(OUT_STATE, LinuxCalls.STATE_SIZE);
        this.inHeaders = all.asSlice(IN_HEADERS, (long) SLOTS * HEADER_SIZE);
        this.outHeaders = new MemorySegment[SLOTS + 1];
        long start = all.address();
        for (int i = 0; i < SLOTS; i++) {
            int parts = IN_PARTS + 2 * i * PART_SIZE;
            writePart(parts, start + IN_FIRST + (long) i * FIRST_PART, FIRST_PART);
            writePart(parts + PART_SIZE, start + IN_SECOND + (long) i * SECOND_PART, SECOND_PART);
            writeHeader(IN_HEADERS + i * HEADER_SIZE, start + IN_NAMES + (long) i * NAME_SIZE, start + parts, 2);
        }
        for (int i = 0; i <= SLOTS; i++) {
            int part = OUT_PARTS + i * PART_SIZE;
            bytes.putShort(OUT_NAMES + i * NAME_SIZE + NAME_FAMILY, AF_INET);
            int header = OUT_HEADERS + i * HEADER_SIZE;
            outHeaders[i] = all.asSlice(header, (SLOTS + 1L - i) * HEADER_SIZE);
            writeHeader(header, start + OUT_NAMES + (long) i * NAME_SIZE, start + part, 1);
        }
        for (int i = 0; i < SLOTS; i++) {
            int control = OUT_CONTROLS + i * CONTROL_SIZE;
            bytes.putLong(control, CONTROL_DATA + Short.BYTES);
            bytes.putInt(control + CONTROL_LEVEL, SOL_UDP);
            bytes.putInt(control + CONTROL_TYPE, UDP_SEGMENT);
            bytes.putLong(OUT_HEADERS + i * HEADER_SIZE + CONTROL_POINTER, start + control);
        }
    }

    /**
     * Gets memory from the system.
     *
     * @throws IOException if there is none to be had
     */
    static BatchMemory allocate() throws IOException {
        return new BatchMemory(LinuxCalls.map(SIZE));
    }

    /** Gives it back; it must not be touched any more. */
    void free() {
        LinuxCalls.unmap(all);
    }

    /**
     * Makes it as good as new for another socket. A receive that was ended says that its packets have no sender, and the
     * system would take that for no room to tell one.
     */
    void renew() {
        for (int i = 0; i < SLOTS; i++) {
            bytes.putInt(IN_HEADERS + i * HEADER_SIZE + NAME_LENGTH, NAME_SIZE);
        }
    }

    /** {@return whether it has held small packets only, so that little of it is in use} */
    boolean isSmall() {
        return !touchedSecond;
    }

    /** {@return the number of packets that were there, or -1 for none, whatever the reason} */
    int poll(int socket, int most) {
        return LinuxCalls.recvmmsg(socket, inHeaders, most, LinuxCalls.MSG_DONTWAIT);
    }

    /** Waits for a packet. {@return the number of packets that came, or -1 and {@link #inError} tells why} */
    int receive(int socket, int most) {
        int packets = LinuxCalls.recvmmsg(socket, inHeaders, most, LinuxCalls.MSG_WAITFORONE);
        return packets >= 0
                ? packets
                : LinuxCalls.recvmmsgTelling(inState, socket, inHeaders, most, LinuxCalls.MSG_WAITFORONE);
    }

    /** Lets receives from a socket give up after a tenth of a second. */
    void limitWaiting(int socket) throws IOException {
        bytes.putLong(OUT_STATE, 0);
        bytes.putLong(OUT_STATE + Long.BYTES, 100_000);
        LinuxCalls.limitWaiting(socket, all.asSlice(OUT_STATE, 2 * Long.BYTES));
    }

    int inError() {
        return bytes.getInt(IN_STATE + LinuxCalls.ERRNO_OFFSET);
    }

    /** {@return whether the system told who sent it; it does for every packet} */
    boolean hasSender(int slot) {
        return bytes.getInt(IN_HEADERS + slot * HEADER_SIZE + NAME_LENGTH) != 0;
    }

    /** {@return whether a packet that came was sent from a port and has exactly this payload, which is a short one} */
    boolean isFrom(int slot, int port, byte[] payload) {
        int name = IN_NAMES + slot * NAME_SIZE;
        return bigEndian(bytes.getShort(name + NAME_PORT)) == port
                && bytes.getInt(IN_HEADERS + slot * HEADER_SIZE + MESSAGE_LENGTH) == payload.length
                && bytes.slice(IN_FIRST + slot * FIRST_PART, payload.length).equals(ByteBuffer.wrap(payload));
    }

    /** Copies a packet that came. */
    void take(int slot, Datagram into) {
        int length = bytes.getInt(IN_HEADERS + slot * HEADER_SIZE + MESSAGE_LENGTH);
        int name = IN_NAMES + slot * NAME_SIZE;
        into.prepare(length, bigEndian(bytes.getInt(name + NAME_HOST)), bigEndian(bytes.getShort(name + NAME_PORT)));
        int first = Math.min(length, FIRST_PART);
        bytes.get(IN_FIRST + slot * FIRST_PART, into.bytes(), into.offset(), first);
        if (length > first) {
            touchedSecond = true;
            bytes.get(IN_SECOND + slot * SECOND_PART, into.bytes(), into.offset() + first, length - first);
        }
    }

    /** Puts an answer into a slot, so many bytes behind the start of the room for answers. */
    void putAnswer(int slot, int start, byte[] source, int offset, int length, int host, int port) {
        put(slot, OUT_BYTES + start, source, offset, length);
        writeName(slot, host, port);
        bytes.putLong(OUT_HEADERS + slot * HEADER_SIZE + CONTROL_LENGTH, 0);
    }

    /**
     * Puts an answer behind the last one, whose slot it shares from now on.
     *
     * @param start where in the room for answers: where the last one ends
     * @param segment how long each of them is; the last may be shorter
     * @param total how long they are together, this one included
     */
    void joinAnswer(int slot, int start, byte[] source, int offset, int length, int segment, int total) {
        bytes.put(OUT_BYTES + start, source, offset, length);
        bytes.putLong(OUT_PARTS + slot * PART_SIZE + PART_LENGTH, total);
        bytes.putShort(OUT_CONTROLS + slot * CONTROL_SIZE + CONTROL_DATA, (short) segment);
        bytes.putLong(OUT_HEADERS + slot * HEADER_SIZE + CONTROL_LENGTH, CONTROL_SIZE);
    }

    /** Makes the place for what is sent at once stand for one of the answers that share a slot. */
    void pickAnswer(int slot, int index) {
        int part = OUT_PARTS + slot * PART_SIZE;
        int control = OUT_CONTROLS + slot * CONTROL_SIZE;
        int segment = Short.toUnsignedInt(bytes.getShort(control + CONTROL_DATA));
        int start = index * segment;
        int length = Math.min(segment, (int) bytes.getLong(part + PART_LENGTH) - start);
        writePart(OUT_PARTS + EXTRA * PART_SIZE, bytes.getLong(part) + start, length);
        bytes.putLong(OUT_NAMES + EXTRA * NAME_SIZE, bytes.getLong(OUT_NAMES + slot * NAME_SIZE));
    }

    /** Puts a packet into the place for what is sent at once. */
    void putExtra(byte[] source, int offset, int length, InetSocketAddress to) {
        put(EXTRA, EXTRA_BYTES, source, offset, length);
        writeName(EXTRA, Datagram.number(to.getAddress()), to.getPort());
    }

    /** {@return how many packets the system took, or -1 where it refused the first, and {@link #outError} tells why} */
    int send(int socket, int firstSlot, int count, int flags) {
        int sent = LinuxCalls.sendmmsg(socket, outHeaders[firstSlot], count, flags);
        return sent >= 0 ? sent : LinuxCalls.sendmmsgTelling(outState, socket, outHeaders[firstSlot], count, flags);
    }

    int outError() {
        return bytes.getInt(OUT_STATE + LinuxCalls.ERRNO_OFFSET);
    }

    private void put(int slot, int at, byte[] source, int offset, int length) {
        bytes.put(at, source, offset, length);
        writePart(OUT_PARTS + slot * PART_SIZE, all.address() + at, length);
    }

    private void writeHeader(int at, long name, long parts, int partCount) {
        bytes.putLong(at + NAME_POINTER, name);
        bytes.putInt(at + NAME_LENGTH, NAME_SIZE);
        bytes.putLong(at + PARTS_POINTER, parts);
        bytes.putLong(at + PARTS_COUNT, partCount);
    }

    private void writePart(int at, long address, long length) {
        bytes.putLong(at, address);
        bytes.putLong(at + PART_LENGTH, length);
    }

    private void writeName(int slot, int host, int port) {
        int at = OUT_NAMES + slot * NAME_SIZE;
        bytes.putInt(at + NAME_HOST, bigEndian(host));
        bytes.putShort(at + NAME_PORT, (short) bigEndian((short) port));
    }

    private static int bigEndian(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Integer.reverseBytes(number);
    }

    private static int bigEndian(short number) {
        return (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Short.reverseBytes(number)) & 0xFFFF;
    }
}

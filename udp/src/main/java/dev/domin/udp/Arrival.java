package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;

/** A packet on its way in, between the socket and the engine. Reused for later packets. */
final class Arrival {

    private final PacketBuffer buffer;
    private final ReadOnlyDatagram view;
    private boolean passed;

    /** Creates a packet with room for most payloads. */
    Arrival() {
        this(new PacketBuffer(0));
    }

    private Arrival(PacketBuffer buffer) {
        this.buffer = buffer;
        this.view = new ReadOnlyDatagram(buffer);
    }

    /** {@return a packet that has room for a payload and no more, since it is kept for long} */
    static Arrival ofLength(int length) {
        return new Arrival(new PacketBuffer(0, length));
    }

    PacketBuffer buffer() {
        return buffer;
    }

    /** {@return what the impairment sees} */
    ReadOnlyDatagram view() {
        return view;
    }

    /** {@return whether the engine gets it, so that it must not change any more} */
    boolean isPassed() {
        return passed;
    }

    void passed(boolean isPassed) {
        passed = isPassed;
    }

    /** {@return whether a part of an array is the payload of this packet, and not a copy of it} */
    @SuppressWarnings("ReferenceEquality") // an equal array may change later
    boolean has(byte[] bytes, int offset, int length) {
        return bytes == buffer.array() && offset == buffer.offset() && length == buffer.length();
    }

    /** Becomes another payload of the same arrival. */
    void set(byte[] bytes, int offset, int length, PacketBuffer arrived) {
        buffer.prepareLike(arrived, length);
        System.arraycopy(bytes, offset, buffer.array(), buffer.offset(), length);
    }
}

package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;

/** A packet on its way in, between the socket and the engine. Reused for later packets. */
final class Arrival {

    private final PacketBuffer buffer;
    private final ReadOnlyDatagram view;
    private boolean passed;
    private boolean delayed;
    private UdpImpairment.Later later = UdpImpairment.Later.NONE; // is notified when it is passed on

    /** Creates a packet with room for most payloads. */
    Arrival() {
        this(new PacketBuffer(0));
    }

    private Arrival(PacketBuffer buffer) {
        this.buffer = buffer;
        this.view = new ReadOnlyDatagram(buffer);
    }

    /**
     * {@return a packet that has room for a payload and no more, since it is kept for long} It is not reused, and its
     * memory is given back by {@link DelayedTasks#release}.
     */
    static Arrival later(int length, UdpImpairment.Later later) {
        Arrival arrival = new Arrival(new PacketBuffer(0, length));
        arrival.delayed = true;
        arrival.later = later;
        return arrival;
    }

    /** {@return what is notified of a packet that is passed on later} */
    UdpImpairment.Later later() {
        return later;
    }

    /** {@return whether it was created by {@link #later(int, UdpImpairment.Later)}} */
    boolean isDelayed() {
        return delayed;
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

    /** Forgets the packet, so that this can be reused. */
    void clear() {
        passed = false;
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

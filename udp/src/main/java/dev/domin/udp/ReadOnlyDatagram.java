package dev.domin.udp;

import java.net.InetSocketAddress;

/** What an observer or an impairment sees of a packet: only the handler can answer or drop it. */
final class ReadOnlyDatagram implements Datagram {

    private final Datagram packet;

    ReadOnlyDatagram(Datagram packet) {
        this.packet = packet;
    }

    @Override
    public byte[] payload() {
        return packet.payload();
    }

    @Override
    public String text() {
        return packet.text();
    }

    @Override
    public InetSocketAddress sender() {
        return packet.sender();
    }

    @Override
    public byte[] array() {
        return packet.array();
    }

    @Override
    public int offset() {
        return packet.offset();
    }

    @Override
    public int length() {
        return packet.length();
    }

    @Override
    public void reply(byte[] payload) {
        throw readOnly();
    }

    @Override
    public void reply(String text) {
        throw readOnly();
    }

    @Override
    public void reply(byte[] bytes, int offset, int length) {
        throw readOnly();
    }

    @Override
    public void drop() {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException(
                "observers and impairments cannot answer or drop a packet; its handler can");
    }
}

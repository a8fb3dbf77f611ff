package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.udp.transport.PacketBuffer;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** What an observer or an impairment sees of a packet: only the handler can answer or drop it. */
final class ReadOnlyDatagram implements Datagram {

    private final PacketBuffer buffer;

    ReadOnlyDatagram(PacketBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public byte[] payload() {
        return Arrays.copyOfRange(buffer.array(), buffer.offset(), buffer.offset() + buffer.length());
    }

    @Override
    public String text() {
        return new String(buffer.array(), buffer.offset(), buffer.length(), UTF_8);
    }

    @Override
    public InetSocketAddress sender() {
        return buffer.sender();
    }

    @Override
    public byte[] array() {
        return buffer.array();
    }

    @Override
    public int offset() {
        return buffer.offset();
    }

    @Override
    public int length() {
        return buffer.length();
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

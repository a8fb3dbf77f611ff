package dev.domin.testkit.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Builds the bytes of a capture, without the code under test. */
final class CaptureFile {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    /** What a header of a packet of pcap has besides the usual parts. */
    private int moreHeader;

    /** An empty file whose numbers have that byte order. */
    CaptureFile(ByteOrder order) {
        this.order = order;
    }

    /** A file of pcap. */
    static CaptureFile pcap(ByteOrder order, int magic, int linkType) {
        var file = new CaptureFile(order);
        file.moreHeader = magic == 0xA1B2CD34 ? 8 : 0;
        return file.u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(linkType);
    }

    /** A file of pcapng with a section, and an interface that counts microseconds. */
    static CaptureFile pcapng(ByteOrder order, int linkType) {
        return new CaptureFile(order).section().description(linkType);
    }

    /** A packet of pcap. */
    CaptureFile pcapPacket(long seconds, long fraction, byte[] packet) {
        u32(seconds).u32(fraction).u32(packet.length).u32(packet.length);
        return add(new byte[moreHeader]).add(packet);
    }

    /** The header of a section. */
    CaptureFile section() {
        return block(
                0x0A0D0D0A,
                new CaptureFile(order).u32(0x1A2B3C4DL).u16(1).u16(0).u32(-1).u32(-1));
    }

    /** The description of an interface, with options. */
    CaptureFile description(int linkType, byte[]... options) {
        var body = new CaptureFile(order).u16(linkType).u16(0).u32(65_535);
        for (var option : options) {
            body.add(option);
        }
        return block(1, body);
    }

    /** An enhanced packet of the first interface. */
    CaptureFile packet(long units, byte[] packet) {
        return packet(0, units, packet, packet.length);
    }

    /** An enhanced packet with options. */
    CaptureFile packet(int interfaceId, long units, byte[] packet, int original, byte[]... options) {
        var body = new CaptureFile(order)
                .u32(interfaceId)
                .u32(units >>> 32)
                .u32(units)
                .u32(packet.length)
                .u32(original)
                .add(packet)
                .pad();
        for (var option : options) {
            body.add(option);
        }
        return block(6, body);
    }

    /** An option of a block. */
    byte[] option(int code, byte[] value) {
        return new CaptureFile(order)
                .u16(code)
                .u16(value.length)
                .add(value)
                .pad()
                .toBytes();
    }

    /** A number of eight bytes. */
    byte[] i64(long value) {
        return ByteBuffer.allocate(8).order(order).putLong(value).array();
    }

    /** A block of any type. */
    CaptureFile block(int type, CaptureFile body) {
        int length = 12 + body.bytes.size();
        return u32(type).u32(length).add(body.toBytes()).u32(length);
    }

    CaptureFile u16(int value) {
        return add(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureFile u32(long value) {
        return add(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    CaptureFile add(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }

    CaptureFile pad() {
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** What a reader makes of a file. */
    record Content(List<CapturedDatagram> datagrams, CaptureSummary summary) {}

    Content read() throws IOException {
        return read(toBytes());
    }

    static Content read(byte[] file) throws IOException {
        try (var reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            var datagrams = new ArrayList<CapturedDatagram>();
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                datagrams.add(next.get());
            }
            return new Content(datagrams, reader.summary());
        }
    }
}

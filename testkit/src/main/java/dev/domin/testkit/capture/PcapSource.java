package dev.domin.testkit.capture;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the packets of a file in the classic format, pcap. */
final class PcapSource implements PacketSource {

    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;

    /** A variant that some old Linux systems wrote has eight more bytes for each packet. */
    private static final int MODIFIED_PACKET_HEADER = 24;

    /** The longest packet of any link that Wireshark reads. */
    private static final long MAX_PACKET = 128L << 20;

    private static final int NANOSECOND = 1;
    private static final int MICROSECOND = 1_000;

    private final CaptureInput in;
    private final boolean little;
    private final int nanosPerUnit;
    private final int headerLength;
    private int linkType = -1;
    private long packets;

    private PcapSource(CaptureInput in, boolean little, int nanosPerUnit, int headerLength) {
        this.in = in;
        this.little = little;
        this.nanosPerUnit = nanosPerUnit;
        this.headerLength = headerLength;
    }

    /**
     * Creates a source if the file is of this format.
     *
     * @param in the file, at its beginning
     * @param magic its first four bytes, as a number in network byte order
     * @return the source, or null
     */
    static @Nullable PcapSource of(CaptureInput in, int magic) {
        var big = variant(in, magic, false);
        return big != null ? big : variant(in, Integer.reverseBytes(magic), true);
    }

    private static @Nullable PcapSource variant(CaptureInput in, int magic, boolean little) {
        return switch (magic) {
            case 0xA1B2C3D4 -> new PcapSource(in, little, MICROSECOND, PACKET_HEADER);
            case 0xA1B23C4D -> new PcapSource(in, little, NANOSECOND, PACKET_HEADER);
            case 0xA1B2CD34 -> new PcapSource(in, little, MICROSECOND, MODIFIED_PACKET_HEADER);
            default -> null;
        };
    }

    @Override
    public boolean next(RawPacket packet) throws IOException {
        if (linkType < 0 && !readHeader()) {
            return false;
        }
        if (!in.request(headerLength)) {
            return false;
        }
        long captured = Bytes.u32(in.bytes(), in.position() + 8, little);
        if (captured > MAX_PACKET) {
            throw in.damaged("a packet of at most " + MAX_PACKET + " bytes", "one of " + captured);
        }
        if (captured > CaptureInput.MAX_REQUEST - headerLength) {
            packet.number = ++packets;
            packet.setNone(RawPacket.TOO_LONG);
            in.advance(headerLength + captured);
            return true;
        }
        if (!in.request(headerLength + (int) captured)) {
            return false;
        }
        var bytes = in.bytes();
        int at = in.position();
        packet.number = ++packets;
        packet.time =
                Instant.ofEpochSecond(Bytes.u32(bytes, at, little), Bytes.u32(bytes, at + 4, little) * nanosPerUnit);
        packet.interfaceId = 0;
        packet.linkType = linkType;
        packet.comment = null;
        packet.setBytes(bytes, at + headerLength, (int) captured, Bytes.u32(bytes, at + 12, little));
        in.advance(headerLength + captured);
        return true;
    }

    private boolean readHeader() throws IOException {
        if (!in.request(FILE_HEADER)) {
            return false;
        }
        // The upper half has the length of the frame check sequence.
        linkType = Bytes.i32(in.bytes(), in.position() + 20, little) & 0xFFFF;
        in.advance(FILE_HEADER);
        return true;
    }

    @Override
    public String format() {
        return "pcap";
    }

    @Override
    public long unknownBlocks() {
        return 0;
    }
}

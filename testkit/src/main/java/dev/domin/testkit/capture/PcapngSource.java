package dev.domin.testkit.capture;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the packets of a file in the format pcapng: sections, each with interfaces and packets, all in blocks. */
final class PcapngSource implements PacketSource {

    /** The type of a section's header; the same in both byte orders. */
    static final int SECTION_HEADER = 0x0A0D0D0A;

    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int NAME_RESOLUTION = 4;
    private static final int INTERFACE_STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int JOURNAL_ENTRY = 9;
    private static final int DECRYPTION_SECRETS = 10;
    private static final int CUSTOM = 0x0BAD;
    private static final int CUSTOM_NOT_COPIED = 0x40000BAD;

    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int MIN_BLOCK = 12;

    /** Longer blocks are damaged ones: Wireshark's limit for the longest kind is half of this. */
    private static final long MAX_BLOCK = 256L << 20;

    /** A file with more is damaged; each interface costs memory. */
    private static final int MAX_INTERFACES = 65_536;

    /** The parts of a packet block before the data. */
    private static final int PACKET_HEADER = 28;

    private static final int SIMPLE_PACKET_HEADER = 12;

    private final CaptureInput in;
    private final List<Interface> interfaces = new ArrayList<>();
    private boolean little;
    private long packets;
    private long unknownBlocks;

    private record Interface(int linkType, long snapLength, TimestampUnit unit) {}

    /**
     * Creates a source.
     *
     * @param in the file, at the beginning of its first block
     */
    PcapngSource(CaptureInput in) {
        this.in = in;
    }

    @Override
    public boolean next(RawPacket packet) throws IOException {
        while (in.request(MIN_BLOCK)) {
            int type = Bytes.i32(in.bytes(), in.position(), little);
            if (type == SECTION_HEADER) {
                if (!readSectionHeader()) {
                    return false;
                }
                continue;
            }
            long length = blockLength();
            boolean isPacket = isPacket(type);
            if (length > CaptureInput.MAX_REQUEST) {
                skipLongBlock(type, length);
                if (isPacket) {
                    packet.number = ++packets;
                    packet.setNone(RawPacket.TOO_LONG);
                    return true;
                }
                continue;
            }
            if (!in.request((int) length)) {
                return false;
            }
            checkTrailer((int) length);
            if (isPacket) {
                readPacket(type, packet, (int) length);
                packet.number = ++packets;
            } else {
                readOther(type, (int) length);
            }
            in.advance(length);
            if (isPacket) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPacket(int type) {
        return type == ENHANCED_PACKET
                || type == SIMPLE_PACKET
                || type == OBSOLETE_PACKET
                // Wireshark numbers these, too.
                || type == JOURNAL_ENTRY
                || type == CUSTOM
                || type == CUSTOM_NOT_COPIED;
    }

    /** {@return whether the block is complete} */
    private boolean readSectionHeader() throws IOException {
        var order = Bytes.i32(in.bytes(), in.position() + 8);
        boolean isLittle = Integer.reverseBytes(order) == BYTE_ORDER;
        if (!isLittle && order != BYTE_ORDER) {
            throw in.damaged("the byte order of a section, 1a2b3c4d or 4d3c2b1a", "%08x".formatted(order));
        }
        boolean before = little;
        little = isLittle;
        long length = blockLength();
        if (length < 28 || length > CaptureInput.MAX_REQUEST) {
            throw in.damaged("the header of a section", "a block of " + length + " bytes");
        }
        if (!in.request((int) length)) {
            little = before;
            return false;
        }
        checkTrailer((int) length);
        int version = Bytes.u16(in.bytes(), in.position() + 12, little);
        if (version != 1) {
            throw in.damaged("a section of pcapng 1", "one of version " + version);
        }
        interfaces.clear();
        in.advance(length);
        return true;
    }

    private long blockLength() throws CaptureFormatException {
        long length = Bytes.u32(in.bytes(), in.position() + 4, little);
        if (length < MIN_BLOCK || length % 4 != 0 || length > MAX_BLOCK) {
            throw in.damaged("the length of a block, a multiple of 4 from 12 to " + MAX_BLOCK, "" + length);
        }
        return length;
    }

    private void checkTrailer(int length) throws CaptureFormatException {
        long trailer = Bytes.u32(in.bytes(), in.position() + length - 4, little);
        if (trailer != length) {
            throw in.damaged("a block that ends with its length, " + length, "one that ends with " + trailer);
        }
    }

    private void skipLongBlock(int type, long length) throws CaptureFormatException {
        if (type == INTERFACE) {
            throw in.damaged("the description of an interface", "a block of " + length + " bytes");
        }
        countUnknown(type);
        in.advance(length);
    }

    private void readOther(int type, int length) throws CaptureFormatException {
        if (type == INTERFACE) {
            readInterface(length);
        } else {
            countUnknown(type);
        }
    }

    private void countUnknown(int type) {
        switch (type) {
            case NAME_RESOLUTION, INTERFACE_STATISTICS, DECRYPTION_SECRETS -> {}
            default -> {
                if (!isPacket(type)) {
                    unknownBlocks++;
                }
            }
        }
    }

    private void readInterface(int length) throws CaptureFormatException {
        if (length < 20) {
            throw in.damaged("the description of an interface", "a block of " + length + " bytes");
        }
        if (interfaces.size() == MAX_INTERFACES) {
            throw in.damaged("at most " + MAX_INTERFACES + " interfaces", "another one");
        }
        int at = in.position();
        var options = new BlockOptions(in.bytes(), at + 16, at + length - 4, little);
        interfaces.add(new Interface(
                Bytes.u16(in.bytes(), at + 8, little),
                Bytes.u32(in.bytes(), at + 12, little),
                options.timestampUnit()));
    }

    private void readPacket(int type, RawPacket packet, int length) throws CaptureFormatException {
        switch (type) {
            case ENHANCED_PACKET -> {
                requireHeader(length, PACKET_HEADER);
                readTimedPacket(packet, Bytes.i32(in.bytes(), in.position() + 8, little), length);
            }
            case OBSOLETE_PACKET -> {
                requireHeader(length, PACKET_HEADER);
                readTimedPacket(packet, Bytes.u16(in.bytes(), in.position() + 8, little), length);
            }
            case SIMPLE_PACKET -> {
                requireHeader(length, SIMPLE_PACKET_HEADER);
                readSimplePacket(packet, length);
            }
            default -> packet.setNone(RawPacket.NO_PACKET);
        }
    }

    private void requireHeader(int length, int header) throws CaptureFormatException {
        if (length < header + 4) {
            throw in.damaged("a packet with a header of " + header + " bytes", "a block of " + length + " bytes");
        }
    }

    private void readTimedPacket(RawPacket packet, int interfaceId, int length) throws CaptureFormatException {
        var bytes = in.bytes();
        int at = in.position();
        long captured = Bytes.u32(bytes, at + 20, little);
        int end = at + length - 4;
        if (captured > end - at - PACKET_HEADER) {
            throw in.damaged("a packet inside its block of " + length + " bytes", "one of " + captured + " bytes");
        }
        var description = description(interfaceId);
        packet.interfaceId = interfaceId;
        packet.linkType = description == null ? RawPacket.NO_INTERFACE : description.linkType;
        long units = Bytes.u32(bytes, at + 12, little) << 32 | Bytes.u32(bytes, at + 16, little);
        packet.time = description == null ? Instant.EPOCH : description.unit.time(units);
        packet.setBytes(bytes, at + PACKET_HEADER, (int) captured, Bytes.u32(bytes, at + 24, little));
        int optionsAt = packet.end + (-(int) captured & 3);
        packet.comment = new BlockOptions(bytes, optionsAt, end, little).comment();
    }

    private void readSimplePacket(RawPacket packet, int length) {
        var bytes = in.bytes();
        int at = in.position();
        long original = Bytes.u32(bytes, at + 8, little);
        long captured = Math.min(original, length - SIMPLE_PACKET_HEADER - 4);
        var description = description(0);
        if (description != null && description.snapLength > 0) {
            captured = Math.min(captured, description.snapLength);
        }
        packet.interfaceId = 0;
        packet.linkType = description == null ? RawPacket.NO_INTERFACE : description.linkType;
        packet.time = Instant.EPOCH;
        packet.comment = null;
        packet.setBytes(bytes, at + SIMPLE_PACKET_HEADER, (int) captured, original);
    }

    private @Nullable Interface description(int interfaceId) {
        return interfaceId >= 0 && interfaceId < interfaces.size() ? interfaces.get(interfaceId) : null;
    }

    @Override
    public String format() {
        return "pcapng";
    }

    @Override
    public long unknownBlocks() {
        return unknownBlocks;
    }
}

package dev.domin.testkit.capture;

import java.util.Arrays;

/** Formats that are not read, but known by their first four bytes, so that the message can say what to do. */
enum UnreadableFormat {
    ZSTD(0x28B52FFD, "a file compressed with zstd", "decompress it first: zstd -d FILE"),
    LZ4(0x04224D18, "a file compressed with lz4", "decompress it first: lz4 -d FILE"),
    XZ(0xFD377A58, "a file compressed with xz", "decompress it first: unxz FILE"),
    BZIP2(0x425A6800, 0xFFFFFF00, "a file compressed with bzip2", "decompress it first: bunzip2 FILE"),
    ZIP(0x504B0304, "a ZIP archive", "extract the capture first: unzip FILE"),
    SNOOP(0x736E6F6F, "a capture of snoop", UnreadableFormat.CONVERT),
    NETWORK_MONITOR(0x474D4255, "a capture of Network Monitor", UnreadableFormat.CONVERT),
    ZEROS(0x00000000, "zeros", "the file has been preallocated, or it is no capture");

    private static final String CONVERT = "Wireshark's editcap converts it: editcap -F pcapng FILE NEW.pcapng";

    private final int magic;
    private final int mask;
    private final String found;
    private final String wayOut;

    UnreadableFormat(int magic, String found, String wayOut) {
        this(magic, -1, found, wayOut);
    }

    UnreadableFormat(int magic, int mask, String found, String wayOut) {
        this.magic = magic;
        this.mask = mask;
        this.found = found;
        this.wayOut = wayOut;
    }

    /**
     * Creates the exception for a file.
     *
     * @param in the file, at its beginning
     * @param magic its first four bytes
     * @return the exception
     */
    static CaptureFormatException exception(CaptureInput in, int magic) {
        return Arrays.stream(values())
                .filter(each -> each.magic == (magic & each.mask))
                .findFirst()
                .map(each -> in.unreadable(each.found, each.wayOut))
                .orElseGet(() -> in.unreadable(
                        "a file that begins with the bytes %08x".formatted(magic),
                        "if Wireshark opens it, its editcap converts it: editcap -F pcapng FILE NEW.pcapng"));
    }
}

package dev.domin.testkit.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the UDP datagrams of a capture, as Wireshark and tcpdump write them.
 *
 * <pre>{@code
 * try (var capture = CaptureReader.open(Path.of("dns.pcapng"))) {
 *     for (var next = capture.next(); next.isPresent(); next = capture.next()) {
 *         System.out.println(next.get());
 *     }
 *     System.out.println(capture.summary().describe());
 * }
 * }</pre>
 *
 * <p>It reads pcapng and pcap in both byte orders and with any resolution of time, also compressed with gzip. It
 * knows packets of Ethernet with VLAN tags, Linux cooked captures (tcpdump's {@code -i any}), BSD loopback and raw
 * IP; IPv4 and IPv6. Fragments are joined. What is not a UDP datagram is left out and counted by reason: see {@link
 * #summary()}. Checksums are not compared, because captures on the sending machine often have packets without them.
 *
 * <p>A file of any size needs the same memory: about a megabyte, and up to 20 MB where fragments wait for others. A
 * damaged file causes a {@link CaptureFormatException}, after the packets before the damage were returned. A file
 * that ends in the middle of a packet is not an error: {@link CaptureSummary#truncated()} says so.
 *
 * <p>Not thread-safe.
 */
public final class CaptureReader implements AutoCloseable {

    private static final int GZIP_BUFFER = 64 << 10;

    private final CaptureInput in;
    private final PacketSource source;
    private final Skipped skipped = new Skipped();
    private final IpPackets ipPackets = new IpPackets(skipped);
    private final RawPacket packet = new RawPacket();
    private long packets;
    private long datagrams;
    private boolean truncated;

    private CaptureReader(CaptureInput in, PacketSource source) {
        this.in = in;
        this.source = source;
    }

    /**
     * Opens a file.
     *
     * @param file a capture
     * @return a reader, to be closed by the caller
     * @throws CaptureFormatException if it is not a capture, or not in a format that can be read
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(Path file) throws IOException {
        // An exception of FileInputStream has the reason in its message.
        var stream = file.getFileSystem().equals(FileSystems.getDefault())
                ? new FileInputStream(file.toFile())
                : Files.newInputStream(file);
        return open(stream, file.toString());
    }

    /**
     * Reads a stream, such as the standard input or a resource of the class path.
     *
     * @param stream a capture; the reader closes it, also if this method fails
     * @return a reader, to be closed by the caller
     * @throws CaptureFormatException if it is not a capture, or not in a format that can be read
     * @throws IOException if it cannot be read
     */
    public static CaptureReader open(InputStream stream) throws IOException {
        return open(stream, "the stream");
    }

    private static CaptureReader open(InputStream stream, String name) throws IOException {
        try {
            var bytes = stream.markSupported() ? stream : new BufferedInputStream(stream, GZIP_BUFFER);
            var in = isGzip(bytes)
                    ? new CaptureInput(name + ", uncompressed", gunzip(bytes, name))
                    : new CaptureInput(name, bytes);
            return new CaptureReader(in, source(in));
        } catch (IOException | RuntimeException e) {
            try (stream) {
                throw e;
            }
        }
    }

    private static boolean isGzip(InputStream stream) throws IOException {
        stream.mark(2);
        boolean is = stream.read() == 0x1F && stream.read() == 0x8B;
        stream.reset();
        return is;
    }

    private static InputStream gunzip(InputStream stream, String name) throws IOException {
        try {
            return new GZIPInputStream(stream, GZIP_BUFFER);
        } catch (EOFException | ZipException e) {
            throw new CaptureFormatException(name
                    + ", byte 0: expected a gzip file, found an incomplete or damaged header; `gzip -t` checks it");
        }
    }

    private static PacketSource source(CaptureInput in) throws IOException {
        if (!in.request(4)) {
            throw in.unreadable(
                    in.hasRest() ? "a file of less than 4 bytes" : "an empty file",
                    "the program that captured it wrote no packets, or has not begun to write");
        }
        int magic = Bytes.i32(in.bytes(), in.position());
        if (magic == PcapngSource.SECTION_HEADER) {
            return new PcapngSource(in);
        }
        var pcap = PcapSource.of(in, magic);
        if (pcap != null) {
            return pcap;
        }
        throw UnreadableFormat.exception(in, magic);
    }

    /**
     * Reads a whole capture into memory.
     *
     * @param file a capture
     * @return its UDP datagrams in the order of the file
     * @throws CaptureFormatException if it is not a capture, or damaged
     * @throws IOException if it cannot be read
     */
    public static List<CapturedDatagram> readAll(Path file) throws IOException {
        try (var reader = open(file)) {
            var all = new ArrayList<CapturedDatagram>();
            for (var next = reader.read(); next != null; next = reader.read()) {
                all.add(next);
            }
            return all;
        }
    }

    /**
     * Reads the next datagram.
     *
     * @return the datagram, or empty at the end of the file
     * @throws CaptureFormatException if the file is damaged
     * @throws IOException if it cannot be read
     */
    public Optional<CapturedDatagram> next() throws IOException {
        return Optional.ofNullable(read());
    }

    /**
     * {@return the datagrams that follow, read as the stream is used; its operations throw an {@link
     * UncheckedIOException} where {@link #next} throws an exception}
     */
    public Stream<CapturedDatagram> stream() {
        return Stream.generate(this::readUnchecked)
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow);
    }

    private Optional<CapturedDatagram> readUnchecked() {
        try {
            return next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nullable
    CapturedDatagram read() throws IOException {
        while (source.next(packet)) {
            packets++;
            var datagram = ipPackets.read(packet);
            if (datagram != null) {
                datagrams++;
                return datagram;
            }
        }
        truncated = in.hasRest();
        return null;
    }

    /** {@return what has been read until now, and what was left out, by reason} */
    public CaptureSummary summary() {
        var fragments = ipPackets.fragments();
        return new CaptureSummary(
                source.format(),
                packets,
                datagrams,
                fragments.joined(),
                skipped.byReason(fragments.kept()),
                source.unknownBlocks(),
                truncated);
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        in.close();
    }
}

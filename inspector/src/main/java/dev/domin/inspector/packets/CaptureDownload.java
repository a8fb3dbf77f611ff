package dev.domin.inspector.packets;

import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import dev.domin.testkit.capture.CaptureWriter;
import java.io.IOException;
import java.util.HashSet;

/** The packets that match a filter, with their answers, in a file for Wireshark. */
public final class CaptureDownload {

    private static final int CHUNK = 512;

    private final PacketSource source;

    /**
     * Creates the download.
     *
     * @param source the packets
     */
    public CaptureDownload(PacketSource source) {
        this.source = source;
    }

    /**
     * Answers a request for a file.
     *
     * @param request the request
     */
    public void answer(Request request) throws RequestException, IOException {
        Filter filter;
        try {
            filter = Filter.of(request.text("filter"));
        } catch (FilterException e) {
            throw RequestException.bad("the filter is wrong at character " + (e.place() + 1) + ": " + e.getMessage());
        }
        var journal = source.journal();
        try (var writer = CaptureWriter.create(request.download("application/vnd.tcpdump.pcap", "domin.pcapng"))) {
            write(journal, filter, writer);
        }
    }

    private static void write(Journal journal, Filter filter, CaptureWriter writer) throws IOException {
        var answers = new HashSet<Long>(); // positions of answers to packets that match
        long end = journal.next();
        long next = journal.first();
        while (next < end) {
            var packets = journal.window(next, CHUNK);
            for (var packet : packets) {
                boolean matches = packet.answerTo() > 0 ? answers.remove(packet.position()) : filter.test(packet);
                if (matches) {
                    write(writer, packet);
                    answers.addAll(packet.answers());
                }
            }
            if (packets.isEmpty()) {
                return;
            }
            next = packets.getLast().position() + 1;
        }
    }

    private static void write(CaptureWriter writer, Packet packet) throws IOException {
        boolean in = packet.direction() == Direction.IN;
        byte[] payload = packet.payload();
        var time = packet.time();
        boolean plain = packet.fate() == Fate.HANDLED || packet.fate() == Fate.SILENT || packet.fate() == Fate.SENT;
        String comment = plain && packet.faults().isEmpty() ? null : comment(packet);
        writer.write(
                time.getEpochSecond() * 1_000_000_000 + time.getNano(),
                in ? packet.peer() : packet.server(),
                in ? packet.server() : packet.peer(),
                payload,
                0,
                payload.length,
                comment);
    }

    private static String comment(Packet packet) {
        String why =
                packet.reason().isEmpty() || packet.faults().contains(packet.reason()) ? "" : ": " + packet.reason();
        return "fate: " + packet.fate().label() + why
                + String.join(
                        "", packet.faults().stream().map(fault -> "; " + fault).toList());
    }
}

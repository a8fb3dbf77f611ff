package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.packets.PacketSource;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads each packet of the journal once, when its fate is decided, so that packets themselves cost nothing more. Safe
 * for use by several threads.
 */
final class Measurements {

    private static final int CHUNK = 256;
    private static final int MAX_HANDLERS = 200;
    private static final int MAX_DURATIONS = 100_000; // of a sample

    private final PacketSource source;
    private final Totals totals = new Totals();
    private final Durations took = new Durations(MAX_DURATIONS);
    private final Durations waited = new Durations(MAX_DURATIONS);
    private final Map<String, HandlerCounts> handlers = new LinkedHashMap<>();
    private List<Long> open = new ArrayList<>(); // positions of packets that are not decided
    private @Nullable Journal journal;
    private long next; // the position of the next packet to read
    private long missed; // packets that were forgotten before they were read

    Measurements(PacketSource source) {
        this.source = source;
    }

    /**
     * Measures since the last call.
     *
     * @param time now, in milliseconds since 1970
     * @param seconds how long that is
     */
    synchronized Sample sample(long time, double seconds) {
        var current = source.journal();
        if (!current.equals(journal)) {
            journal = current;
            next = 0;
            open.clear();
            totals.reset();
        }
        took.clear();
        waited.clear();
        read(current);
        var growth = totals.update(source.endpoints());
        var worked = took.percentiles(0.5, 0.99);
        var waits = waited.percentiles(0.5, 0.99);
        Long lost = growth.lost();
        return new Sample(
                time,
                growth.in() / seconds,
                growth.answered() / seconds,
                growth.dropped() / seconds,
                lost == null ? null : Double.valueOf(lost / seconds),
                worked[0],
                worked[1],
                waits[0],
                waits[1]);
    }

    private void read(Journal current) {
        var waiting = open;
        open = new ArrayList<>();
        for (long position : waiting) {
            var found = current.window(position, 1);
            if (!found.isEmpty() && found.getFirst().position() == position) {
                read(found.getFirst());
            }
        }
        long end = current.next();
        while (next < end) {
            var packets = current.window(next, CHUNK);
            if (packets.isEmpty()) {
                next = end; // cleared
                return;
            }
            missed += packets.getFirst().position() - next;
            packets.forEach(this::read);
            next = packets.getLast().position() + 1;
        }
    }

    private void read(Packet packet) {
        if (packet.direction() == Direction.OUT || packet.isDuplicate()) {
            return;
        }
        if (packet.fate() == Fate.PENDING) {
            open.add(packet.position());
            return;
        }
        packet.took().ifPresent(time -> took.add(time.toNanos()));
        packet.waited().ifPresent(time -> waited.add(time.toNanos()));
        String name = packet.handledBy();
        if (!name.isEmpty() && (handlers.containsKey(name) || handlers.size() < MAX_HANDLERS)) {
            handlers.computeIfAbsent(name, _ -> new HandlerCounts()).add(packet);
        }
    }

    /** {@return how many packets the journal had forgotten before they were measured} */
    synchronized long missed() {
        return missed;
    }

    /** Writes the counts of each handler, as an array. */
    synchronized void writeHandlers(JsonWriter out) throws IOException {
        out.beginArray();
        for (var each : handlers.entrySet()) {
            each.getValue().write(out, each.getKey());
        }
        out.endArray();
    }
}

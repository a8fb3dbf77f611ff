package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import dev.domin.testkit.Packet;
import java.io.IOException;

/** The packets of one callback, or of another handler. Guarded by {@link Measurements}. */
final class HandlerCounts {

    private static final int KEPT = 1024;

    private final Durations took = new Durations(KEPT);
    private long packets;
    private long handled;
    private long silent;
    private long dropped;
    private long late;
    private long failed;

    void add(Packet packet) {
        packets++;
        switch (packet.fate()) {
            case HANDLED -> handled++;
            case SILENT -> silent++;
            case LATE -> late++;
            case FAILED -> failed++;
            default -> dropped++;
        }
        packet.took().ifPresent(time -> took.add(time.toNanos()));
    }

    void write(JsonWriter out, String name) throws IOException {
        var percentiles = took.percentiles(0.5, 0.99);
        out.beginObject().name("name").value(name).name("packets").value(packets);
        out.name("handled").value(handled).name("silent").value(silent);
        out.name("dropped")
                .value(dropped)
                .name("late")
                .value(late)
                .name("failed")
                .value(failed);
        Json.number(out, "p50", percentiles[0]);
        Json.number(out, "p99", percentiles[1]);
        out.endObject();
    }
}

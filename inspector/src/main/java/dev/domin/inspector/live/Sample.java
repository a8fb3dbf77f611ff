package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a quarter of a second. Numbers of packets are per second, times in microseconds.
 *
 * @param time when it ended, in milliseconds since 1970
 * @param in packets that the engine took up
 * @param answered packets that were sent
 * @param dropped packets that the engine dropped
 * @param lost packets that the system lost; null if it does not say
 * @param p50 the median of the handlers' time; null without packets
 * @param p99 its 99th percentile
 * @param waitP50 the median of the wait until the handler began
 * @param waitP99 its 99th percentile
 */
record Sample(
        long time,
        double in,
        double answered,
        double dropped,
        @Nullable Double lost,
        @Nullable Double p50,
        @Nullable Double p99,
        @Nullable Double waitP50,
        @Nullable Double waitP99) {

    void write(JsonWriter out) throws IOException {
        out.beginObject();
        Json.number(out, "in", in);
        Json.number(out, "answered", answered);
        Json.number(out, "dropped", dropped);
        Json.number(out, "lost", lost);
        Json.number(out, "p50", p50);
        Json.number(out, "p99", p99);
        Json.number(out, "waitP50", waitP50);
        Json.number(out, "waitP99", waitP99);
        out.endObject();
    }
}

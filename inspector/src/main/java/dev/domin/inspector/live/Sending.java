package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import dev.domin.inspector.http.RequestException;
import dev.domin.inspector.packets.Addresses;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Journal;
import dev.domin.testkit.UdpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet that was sent from a client port, and what came back.
 *
 * @param from the client's address
 * @param answers what came back
 * @param position the packet's position in the journal, or null if it is not there
 */
record Sending(
        InetSocketAddress from,
        List<Answer> answers,
        @Nullable Long position) {

    /** How long further answers may come after the first. */
    private static final Duration MORE = Duration.ofMillis(50);

    private static final int MAX_ANSWERS = 100;
    private static final int CHUNK = 512;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(byte[] payload, double afterMicros) {}

    static Sending send(Journal journal, InetSocketAddress server, byte[] payload, Duration within)
            throws RequestException {
        long before = journal.next();
        var answers = new ArrayList<Answer>();
        try (var client = UdpClient.to(server)) {
            long start = System.nanoTime();
            client.send(payload);
            var answer = client.poll(within);
            long end = System.nanoTime() + MORE.toNanos();
            while (answer.isPresent() && answers.size() < MAX_ANSWERS) {
                answers.add(new Answer(answer.get().payload(), (System.nanoTime() - start) / 1e3));
                answer = client.poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
            return new Sending(client.address(), answers, find(journal, before, client.address()));
        } catch (UncheckedIOException | AssertionError e) {
            throw new RequestException(500, "cannot send: " + e.getMessage());
        }
    }

    private static @Nullable Long find(Journal journal, long from, InetSocketAddress client) {
        long end = journal.next();
        for (long at = from; at < end; at += CHUNK) {
            for (var packet : journal.window(at, CHUNK)) {
                if (packet.direction() == Direction.IN && packet.peer().equals(client)) {
                    return packet.position();
                }
            }
        }
        return null;
    }

    void write(JsonWriter out) throws IOException {
        out.beginObject()
                .name("from")
                .value(Addresses.text(from))
                .name("answers")
                .beginArray();
        for (var answer : answers) {
            out.beginObject().name("hex").value(HexFormat.of().formatHex(answer.payload));
            Json.number(out, "afterMicros", answer.afterMicros);
            out.endObject();
        }
        out.endArray().name("position").value(position).endObject();
    }
}

package dev.domin.inspector.packets;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes packets as rows of the list. */
final class Rows {

    /** How many bytes a row shows. */
    private static final int HEAD = 24;

    private Rows() {}

    /** {@return microseconds since 1970} */
    static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }

    static @Nullable Double micros(Optional<Duration> duration) {
        return duration.isEmpty() ? null : Double.valueOf(duration.get().toNanos() / 1e3);
    }

    /** {@return the packet at a position, or null if it was forgotten} */
    static @Nullable Packet find(Journal journal, long position) {
        if (position < 0) {
            return null;
        }
        List<Packet> found = journal.window(position, 1);
        return found.isEmpty() || found.getFirst().position() != position ? null : found.getFirst();
    }

    /**
     * Writes the members of a row.
     *
     * @param gap the nanoseconds since the row before; negative if there is none
     */
    static void write(JsonWriter out, Journal journal, Packet packet, long gap) throws IOException {
        out.name("position").value(packet.position());
        out.name("direction").value(packet.direction() == Direction.IN ? "in" : "out");
        out.name("number").value(packet.number());
        out.name("time").value(micros(packet.time()));
        Json.number(out, "gap", gap < 0 ? null : Double.valueOf(gap / 1e3));
        out.name("server").value(Addresses.text(packet.server()));
        out.name("name").value(packet.handledBy());
        out.name("peer").value(Addresses.text(packet.peer()));
        out.name("length").value(packet.length());
        writeFate(out, packet);
        Json.number(out, "waited", micros(packet.waited()));
        Json.number(out, "took", micros(packet.took()));
        byte[] payload = packet.payload();
        int shown = Math.min(HEAD, payload.length);
        out.name("head").value(HexFormat.of().formatHex(payload, 0, shown));
        out.name("text").value(text(payload, shown));
        var answers = packet.answers();
        out.name("answers").value(answers.size());
        var answer = answers.isEmpty() ? null : find(journal, answers.getFirst());
        out.name("answerLength").value(answer == null ? null : answer.length());
        out.name("answerFate").value(answer == null ? null : fate(answer));
        out.name("duplicate").value(packet.isDuplicate());
    }

    /** Writes fate, words, class, reason and faults. */
    static void writeFate(JsonWriter out, Packet packet) throws IOException {
        out.name("fate").value(fate(packet));
        out.name("words").value(FateWords.of(packet));
        out.name("class").value(FateWords.category(packet.fate()));
        out.name("reason").value(packet.reason());
        out.name("faults").beginArray();
        for (var fault : packet.faults()) {
            out.value(fault);
        }
        out.endArray();
    }

    private static String fate(Packet packet) {
        return packet.fate().name().toLowerCase(Locale.ROOT);
    }

    private static String text(byte[] payload, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(payload[i] >= ' ' && payload[i] < 0x7f ? (char) payload[i] : '·');
        }
        return text.toString();
    }
}

package dev.domin.inspector.packets;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Json;
import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import dev.domin.inspector.script.Problem;
import dev.domin.inspector.script.ScriptView;
import dev.domin.inspector.script.StructView;
import dev.domin.testkit.Direction;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one packet. */
public final class PacketDetail {

    /** How many answers are shown. */
    private static final int MAX_ANSWERS = 50;

    private static final String CALLBACK = "callback ";

    private final PacketSource source;
    private final @Nullable ScriptView script;

    /**
     * Creates the view.
     *
     * @param source the packets
     * @param script the script, or null if there is none
     */
    public PacketDetail(PacketSource source, @Nullable ScriptView script) {
        this.source = source;
        this.script = script;
    }

    /**
     * Finds the packet that a request names.
     *
     * @param journal the journal
     * @param request the request, with its position
     * @return the packet
     * @throws RequestException if it is not there any more
     */
    public static Packet find(Journal journal, Request request) throws RequestException {
        if (!request.has("position")) {
            throw RequestException.bad("give the position of a packet");
        }
        var packet = Rows.find(journal, request.number("position", -1));
        if (packet == null) {
            throw new RequestException(404, "the journal does not have this packet, or has forgotten it");
        }
        return packet;
    }

    /**
     * Answers a request for a packet.
     *
     * @param request the request
     */
    public void answer(Request request) throws RequestException, IOException {
        var journal = source.journal();
        var packet = find(journal, request);
        var answers = answers(journal, packet);
        request.json(out -> {
            out.beginObject();
            Rows.write(out, journal, packet, MatchIndex.NO_GAP);
            out.name("hex").value(HexFormat.of().formatHex(packet.payload()));
            out.name("answersFull").beginArray();
            for (var answer : answers) {
                write(out, packet, answer);
            }
            out.endArray();
            writeScript(out, packet);
            out.name("command").value(command(packet));
            out.name("junit").value(stub(packet, answers));
            out.endObject();
        });
    }

    private static List<Packet> answers(Journal journal, Packet packet) {
        var answers = new ArrayList<Packet>();
        for (long position : packet.answers().stream().limit(MAX_ANSWERS).toList()) {
            var answer = Rows.find(journal, position);
            if (answer != null) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static void write(JsonWriter out, Packet packet, Packet answer) throws IOException {
        out.beginObject().name("position").value(answer.position());
        out.name("number").value(answer.number()).name("time").value(Rows.micros(answer.time()));
        out.name("length").value(answer.length());
        Rows.writeFate(out, answer);
        out.name("hex").value(HexFormat.of().formatHex(answer.payload()));
        Json.number(
                out,
                "afterMicros",
                Duration.between(packet.time(), answer.time()).toNanos() / 1e3);
        out.endObject();
    }

    private void writeScript(JsonWriter out, Packet packet) throws IOException {
        var view = script;
        String by = packet.handledBy();
        StructView struct = view == null || !by.startsWith(CALLBACK)
                ? null
                : view.struct(by.substring(CALLBACK.length())).orElse(null);
        out.name("struct");
        if (struct == null || packet.direction() == Direction.OUT) {
            out.nullValue();
        } else {
            StructValues.write(out, struct, packet.payload());
        }
        Problem failure = view == null ? null : view.failure(packet.reason()).orElse(null);
        out.name("failure");
        if (failure == null) {
            out.nullValue();
        } else {
            out.beginObject()
                    .name("message")
                    .value(failure.message())
                    .name("line")
                    .value(failure.line());
            out.name("column").value(failure.column()).name("length").value(failure.length());
            out.name("help").value(failure.help()).name("source").value(failure.source());
            out.name("rendered").value(failure.rendered()).endObject();
        }
    }

    /** {@return the command that sends the packet again} */
    private static String command(Packet packet) {
        boolean arrived = packet.direction() == Direction.IN;
        return "domin send " + Addresses.text(arrived ? packet.server() : packet.peer()) + " --hex '"
                + HexFormat.ofDelimiter(" ").formatHex(packet.payload()) + "'";
    }

    /** {@return a stub of the test kit that takes the packet and answers as it was answered} */
    private static String stub(Packet packet, List<Packet> answers) {
        var hex = HexFormat.ofDelimiter(" ");
        if (packet.direction() == Direction.OUT) {
            return "server.send(Reply.hex(\"" + hex.formatHex(packet.payload()) + "\"), client);";
        }
        String when = "server.when(Match.hexExactly(\"" + hex.formatHex(packet.payload()) + "\"))";
        var replies = answers.stream()
                .map(answer -> "Reply.hex(\"" + hex.formatHex(answer.payload()) + "\")")
                .toList();
        return when
                + switch (replies.size()) {
                    case 0 -> ".silence();";
                    case 1 -> ".reply(" + replies.getFirst() + ");";
                    default -> ".reply(Reply.several(\n        " + String.join(",\n        ", replies) + "));";
                };
    }
}

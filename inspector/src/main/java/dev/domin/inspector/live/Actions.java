package dev.domin.inspector.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import dev.domin.inspector.packets.Addresses;
import dev.domin.inspector.packets.PacketDetail;
import dev.domin.inspector.packets.PacketSource;
import dev.domin.testkit.Direction;
import dev.domin.udp.Datagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;

/** What the page can do. Safe for use by several threads. */
public final class Actions {

    private static final int MAX_WAIT_MILLIS = 10_000;

    private final PacketSource source;
    private volatile String faultText;

    /**
     * Creates the actions.
     *
     * @param source the packets
     * @param faultText the faults that there are already, as {@link dev.domin.testkit.Faults#apply} takes them
     */
    public Actions(PacketSource source, String faultText) {
        this.source = source;
        this.faultText = faultText;
    }

    /**
     * Sends a packet from a client port, and answers with what came back.
     *
     * @param request the request: server, and hex or text
     */
    public void send(Request request) throws RequestException, IOException {
        byte[] payload;
        if (request.has("hex")) {
            try {
                payload = HexFormat.of().parseHex(request.text("hex").replaceAll("\\s", ""));
            } catch (IllegalArgumentException _) {
                throw RequestException.bad("hex takes pairs of hexadecimal digits, such as 01 0f");
            }
        } else if (request.has("text")) {
            payload = request.text("text").getBytes(UTF_8);
        } else {
            throw RequestException.bad("give hex or text to send");
        }
        send(request, request.text("server"), payload);
    }

    /**
     * Sends a packet that has arrived once more, from a client port.
     *
     * @param request the request: position
     */
    public void resend(Request request) throws RequestException, IOException {
        var packet = PacketDetail.find(source.journal(), request);
        if (packet.direction() == Direction.OUT) {
            throw RequestException.bad("only packets that have arrived can be sent again");
        }
        send(request, Addresses.text(packet.server()), packet.payload());
    }

    private void send(Request request, String server, byte[] payload) throws RequestException, IOException {
        if (payload.length > Datagram.MAX_PAYLOAD) {
            throw RequestException.bad("a datagram carries at most " + Datagram.MAX_PAYLOAD + " bytes, got "
                    + payload.length + ": send less at a time");
        }
        long within = Math.clamp(request.number("within", 1000), 0, MAX_WAIT_MILLIS);
        var exchange = Sending.send(source.journal(), find(server), payload, Duration.ofMillis(within));
        request.json(exchange::write);
    }

    private InetSocketAddress find(String server) throws RequestException {
        var endpoints = source.endpoints();
        for (var endpoint : endpoints) {
            if (endpoint.isOpen() && Addresses.text(endpoint.address()).equals(server)) {
                return endpoint.address();
            }
        }
        var open = endpoints.stream()
                .filter(each -> each.isOpen())
                .map(each -> Addresses.text(each.address()))
                .toList();
        throw RequestException.bad("there is no open server at `" + server + "`"
                + (open.isEmpty() ? ", and no other one" : "; there are " + String.join(", ", open)));
    }

    /**
     * Replaces the faults.
     *
     * @param request the request: text, and perhaps seed
     */
    public void setFaults(Request request) throws RequestException, IOException {
        String text = request.text("text").strip();
        boolean seeded = request.has("seed");
        long seed = request.number("seed", 0);
        try {
            source.faults().replace(text);
        } catch (IllegalArgumentException e) {
            throw RequestException.bad(String.valueOf(e.getMessage()));
        }
        if (seeded && !text.contains("seed")) {
            source.faults().seed(seed);
        }
        faultText = text;
        request.json(out -> {
            out.beginObject();
            writeFaults(out);
            out.endObject();
        });
    }

    /**
     * Pauses or continues answering.
     *
     * @param request the request: on
     */
    public void setAnswering(Request request) throws RequestException, IOException {
        switch (request.text("on")) {
            case "true" -> source.faults().replies().unblock();
            case "false" -> source.faults().replies().block("answering is paused");
            default -> throw RequestException.bad("on takes true or false");
        }
        request.json(out -> {
            out.beginObject();
            write(out);
            out.endObject();
        });
    }

    /**
     * Forgets all packets.
     *
     * @param request the request
     */
    public void clear(Request request) throws IOException {
        source.journal().clear();
        request.json(out ->
                out.beginObject().name("first").value(source.journal().first()).endObject());
    }

    /** Writes the members faults and answering. */
    void write(JsonWriter out) throws IOException {
        writeFaults(out);
        out.name("answering").value(!source.faults().replies().isBlocked());
    }

    private void writeFaults(JsonWriter out) throws IOException {
        var faults = source.faults();
        out.name("faults").beginObject().name("text").value(faultText);
        out.name("seed").value(faults.seed()).name("words").value(faults.toString());
        out.endObject();
    }
}

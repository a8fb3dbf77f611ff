package dev.domin.cli.kit;

import dev.domin.testkit.Direction;
import dev.domin.testkit.Packet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets to a file, each as a JSON object in a line of its own, which is written at once and as a whole. May be
 * used by several threads.
 */
final class JournalFile implements Consumer<Packet>, AutoCloseable {

    private final OutputStream out;
    private @Nullable IOException problem; // guarded by this

    /** Creates the file, or replaces its content. */
    JournalFile(Path file) throws IOException {
        out = Files.newOutputStream(file);
    }

    @Override
    public void accept(Packet packet) {
        byte[] line = (json(packet) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (problem == null) {
                try {
                    out.write(line);
                } catch (IOException e) {
                    problem = e; // what follows would look as if nothing was missing
                }
            }
        }
    }

    /**
     * Closes the file.
     *
     * @throws IOException if a line could not be written
     */
    @Override
    public synchronized void close() throws IOException {
        out.close();
        if (problem != null) {
            throw problem;
        }
    }

    /** {@return a packet as a JSON object; members that say nothing are left out} */
    static String json(Packet packet) {
        var out = new StringBuilder("{\"number\":").append(packet.number());
        boolean in = packet.direction() == Direction.IN;
        out.append(",\"direction\":\"").append(in ? "in" : "out").append('"');
        out.append(",\"time\":\"").append(packet.time()).append('"');
        address(out, "server", packet.server());
        address(out, "peer", packet.peer());
        text(out, "fate", packet.fate().label());
        if (!packet.reason().isEmpty()) {
            text(out, "reason", packet.reason());
        }
        if (!packet.handledBy().isEmpty()) {
            text(out, "by", packet.handledBy());
        }
        if (packet.answerTo() > 0) {
            out.append(",\"answers\":").append(packet.answerTo());
        }
        if (packet.isDuplicate()) {
            out.append(",\"duplicate\":true");
        }
        if (!packet.faults().isEmpty()) {
            out.append(",\"faults\":[");
            String comma = "";
            for (String fault : packet.faults()) {
                out.append(comma);
                quote(out, fault);
                comma = ",";
            }
            out.append(']');
        }
        byte[] payload = packet.payload();
        out.append(",\"length\":").append(payload.length);
        out.append(",\"hex\":\"").append(HexFormat.of().formatHex(payload)).append('"');
        String text = printable(payload);
        if (text != null) {
            text(out, "text", text);
        }
        return out.append('}').toString();
    }

    private static void address(StringBuilder out, String name, InetSocketAddress address) {
        text(out, name, Targets.text(address));
    }

    private static void text(StringBuilder out, String name, String value) {
        out.append(",\"").append(name).append("\":");
        quote(out, value);
    }

    private static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7F && c < 0xA0 || c == '\u2028' || c == '\u2029') {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** {@return the payload as text if it is UTF-8, with line ends and tabs as the only control characters; or null} */
    static @Nullable String printable(byte[] payload) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return null;
            }
        }
        return text;
    }
}

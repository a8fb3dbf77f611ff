package dev.domin.inspector.packets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.script.StructView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;

/** The values that the fields of a struct have in a payload. */
final class StructValues {

    private StructValues() {}

    static void write(JsonWriter out, StructView struct, byte[] payload) throws IOException {
        out.beginObject().name("name").value(struct.name());
        out.name("variable").value(struct.variable()).name("fields").beginArray();
        for (var field : struct.fields()) {
            int offset = struct.start() + field.offset();
            out.beginObject().name("name").value(field.name());
            out.name("type").value(field.type() + (field.isBigEndian() ? "be" : ""));
            out.name("offset").value(offset).name("size").value(field.size());
            out.name("value").value(value(field, offset, payload)).endObject();
        }
        out.endArray().endObject();
    }

    private static String value(StructView.Field field, int offset, byte[] payload) {
        if (offset < 0) {
            return "in the header before the payload";
        }
        if (offset + field.size() > payload.length) {
            return "beyond the end of the packet";
        }
        var bytes = ByteBuffer.wrap(payload, offset, field.size())
                .slice()
                .order(field.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return switch (field.type()) {
            case "u8" -> number(bytes.get() & 0xffL, 1);
            case "i8" -> number(bytes.get(), 1);
            case "u16" -> number(bytes.getShort() & 0xffffL, 2);
            case "i16" -> number(bytes.getShort(), 2);
            case "u32" -> number(bytes.getInt() & 0xffffffffL, 4);
            case "i32" -> number(bytes.getInt(), 4);
            case "i64" -> number(bytes.getLong(), 8);
            case "f32" -> String.valueOf(bytes.getFloat());
            case "double" -> String.valueOf(bytes.getDouble());
            case "string" -> text(bytes);
            default -> HexFormat.ofDelimiter(" ").formatHex(payload, offset, offset + field.size());
        };
    }

    private static String number(long value, int bytes) {
        long bits = bytes == 8 ? value : value & (1L << 8 * bytes) - 1;
        return value + " (0x" + String.format(Locale.ROOT, "%0" + 2 * bytes + "x", bits) + ")";
    }

    private static String text(ByteBuffer bytes) {
        int length = 0;
        while (length < bytes.limit() && bytes.get(length) != 0) {
            length++;
        }
        return '"' + UTF_8.decode(bytes.slice(0, length)).toString() + '"';
    }
}

package dev.domin.inspector.http;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON, and reads the objects that the page sends. */
public final class Json {

    private Json() {}

    /** Writes one value. */
    @FunctionalInterface
    public interface Body {

        /**
         * Writes it.
         *
         * @param out where to
         * @throws IOException never, since it is written to memory
         */
        void write(JsonWriter out) throws IOException;
    }

    /**
     * Writes a value.
     *
     * @param body writes it
     * @return the text
     */
    public static String text(Body body) {
        var text = new StringWriter();
        try (var out = new JsonWriter(text)) {
            out.setHtmlSafe(true);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /**
     * Writes a member that is a number which may be missing.
     *
     * @param out where to
     * @param name the name of the member
     * @param value the number; null is written as null
     */
    public static void number(JsonWriter out, String name, @Nullable Double value) throws IOException {
        out.name(name);
        number(out, value);
    }

    /**
     * Writes a number that may be missing, with three digits after the point at most.
     *
     * @param out where to
     * @param value the number; null is written as null
     */
    public static void number(JsonWriter out, @Nullable Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            out.nullValue();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.value(value.longValue());
        } else {
            out.value(Math.rint(value * 1000) / 1000);
        }
    }

    /**
     * Reads an object whose members are texts, numbers, true or false.
     *
     * @param text the text
     * @return the members as text
     * @throws RequestException if it is none
     */
    static Map<String, String> object(String text) throws RequestException {
        var members = new HashMap<String, String>();
        try (var in = new JsonReader(new StringReader(text))) {
            in.beginObject();
            while (in.hasNext()) {
                String name = in.nextName();
                var kind = in.peek();
                if (kind == JsonToken.BOOLEAN) {
                    members.put(name, String.valueOf(in.nextBoolean()));
                } else if (kind == JsonToken.NULL) {
                    in.nextNull();
                } else {
                    members.put(name, in.nextString());
                }
            }
            in.endObject();
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw RequestException.bad("the body has something after the object");
            }
        } catch (IOException | IllegalStateException | NumberFormatException _) {
            throw RequestException.bad("the body is not a JSON object of texts, numbers, true and false");
        }
        return members;
    }
}

package dev.domin.plugins.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import dev.domin.plugins.bytes.Work;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Limit;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Converts between JSON texts and values. An object of this class reads one text; not thread-safe. */
final class JsonText {

    /** The length of text is checked after so many chars of a string, which may take six chars each. */
    private static final int CHECKED_CHARS = 1 << 16;

    private static final String HEXADECIMAL = "0123456789abcdef";

    private final JsonReader reader;
    private final Work work;
    private final Entries entries;
    private final @Nullable LongNumbers numbers; // null: the text is read as it is

    private JsonText(JsonReader reader, Work work, Entries entries, @Nullable LongNumbers numbers) {
        this.reader = reader;
        this.work = work;
        this.entries = entries;
        this.numbers = numbers;
    }

    /**
     * Parses a text, strictly by RFC 8259.
     *
     * @param run the run, for cancelling
     * @param bytes the array with the text
     * @param length the length of the text
     * @return its value; if a key is repeated, with its last value
     * @throws ScriptError if it is no JSON text, with line and column
     */
    static Object parse(ScriptContext run, byte[] bytes, int length) {
        try {
            return read(run, bytes, length);
        } catch (NotJsonException e) {
            throw e.error;
        }
    }

    /**
     * {@return whether {@link #parse} can parse a text}
     *
     * @throws ScriptError if it has more values than the run's limit
     */
    static boolean isValid(ScriptContext run, byte[] bytes, int length) {
        try {
            var _ = read(run, bytes, length);
            return true;
        } catch (NotJsonException _) {
            return false;
        }
    }

    private static Object read(ScriptContext run, byte[] bytes, int length) throws NotJsonException {
        String text = decode(bytes, length);
        try {
            return read(run, text, null);
        } catch (NotJsonException e) {
            var numbers = LongNumbers.find(text, new Work(run)); // the library refuses some of them
            if (numbers == null) {
                throw e;
            }
            return read(run, numbers.shortened(), numbers);
        }
    }

    private static Object read(ScriptContext run, String text, @Nullable LongNumbers numbers) throws NotJsonException {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(JsonTypes.MAXIMUM_DEPTH);
        try {
            Object value =
                    new JsonText(reader, new Work(run), Entries.ofText(run.limit(Limit.ENTRIES)), numbers).read();
            var _ = reader.peek(); // throws if this is not the end of the text
            return value;
        } catch (EOFException _) {
            throw malformed(reader, "the text ends too early");
        } catch (MalformedJsonException e) {
            throw malformed(reader, reason(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new AssertionError("a text in memory can be read", e);
        }
    }

    /** A text is not JSON. */
    private static final class NotJsonException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ScriptError error;

        NotJsonException(ScriptError error) {
            super(error.getMessage(), error, false, false);
            this.error = error;
        }
    }

    private static String decode(byte[] bytes, int length) throws NotJsonException {
        var in = ByteBuffer.wrap(bytes, 0, length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in)
                    .toString();
        } catch (CharacterCodingException _) {
            int line = 1;
            int column = 1;
            int at = in.position();
            for (int i = 0; i < at; i++) {
                if (bytes[i] == '\n') {
                    line++;
                    column = 1;
                } else if ((bytes[i] & 0xC0) != 0x80) { // a continuation byte is not a column
                    column++;
                }
            }
            throw new NotJsonException(new ScriptError(
                    "line " + line + ", column " + column + ": the byte 0x" + Integer.toHexString(bytes[at] & 0xFF)
                            + " is not UTF-8",
                    "JSON is UTF-8 text"));
        }
    }

    private Object read() throws IOException {
        work.add(JsonTypes.WORK_OF_A_VALUE);
        entries.add();
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                var object = new JsonObject();
                reader.beginObject();
                while (reader.hasNext()) {
                    String key = reader.nextName();
                    work.add(key.length());
                    object.put(key, read());
                }
                reader.endObject();
                return object;
            case BEGIN_ARRAY:
                var array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) {
                    array.elements().add(read());
                }
                reader.endArray();
                return array;
            case STRING:
                String text = reader.nextString();
                work.add(text.length());
                return text;
            case NUMBER:
                String number = reader.nextString();
                return new JsonNumber(numbers == null ? number : numbers.restore(number));
            case BOOLEAN:
                return reader.nextBoolean();
            case NULL:
                reader.nextNull();
                return JsonTypes.NULL;
            default:
                throw new MalformedJsonException("A value is missing");
        }
    }

    /** Extracts the part of Gson's message that is about the text and not about Gson. */
    private static String reason(String message) {
        int end = message.indexOf(" at line ");
        String reason = end < 0 ? message : message.substring(0, end);
        if (reason.startsWith("Use JsonReader")) {
            return "this is not JSON";
        }
        if (reason.startsWith("Nesting limit")) {
            return "nested deeper than " + JsonTypes.MAXIMUM_DEPTH + " levels";
        }
        reason = reason.replace(" in strict mode", "");
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }

    /**
     * The position is in the reader's description of itself: {@code … at line 1 column 5 path $.a}. The column is that
     * of the wrong character or, if the reader has consumed it, the next one.
     */
    private static NotJsonException malformed(JsonReader reader, String reason) {
        String self = reader.toString();
        int line = self.indexOf(" line ") + 1;
        int path = self.indexOf(" path ", line);
        String place = self.substring(line, path).replace(" column", ", near column");
        return new NotJsonException(new ScriptError(place + ": " + reason));
    }

    /**
     * Writes a value without white space.
     *
     * @param run the run, for cancelling
     * @param value the value
     * @throws JsonTypes.TooDeepException if it nests too deeply
     */
    static String write(ScriptContext run, Object value) {
        var out = new StringBuilder();
        write(value, out, new Work(run), 1);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, Work work, int depth) {
        work.add(JsonTypes.WORK_OF_A_VALUE);
        ByteStrings.checkLength(out.length());
        if (value instanceof String text) {
            work.add(text.length());
            writeString(text, out);
        } else if (value instanceof JsonNumber number) {
            out.append(number.text());
        } else if (value instanceof JsonObject object) {
            JsonTypes.checkDepth(depth);
            char before = '{';
            for (int i = 0; i < object.size(); i++) {
                out.append(before);
                writeString(object.keyAt(i), out);
                out.append(':');
                write(object.valueAt(i), out, work, depth + 1);
                before = ',';
            }
            out.append(before == '{' ? "{}" : "}");
        } else if (value instanceof JsonArray array) {
            JsonTypes.checkDepth(depth);
            char before = '[';
            for (Object element : array.elements()) {
                out.append(before);
                write(element, out, work, depth + 1);
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else {
            out.append(value instanceof Boolean truth ? truth.toString() : "null");
        }
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((i & CHECKED_CHARS - 1) == 0) {
                ByteStrings.checkLength(out.length());
            }
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c < ' ' || isLoneSurrogate(text, i)) { // a lone surrogate has no UTF-8 encoding
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEXADECIMAL.charAt(c >> shift & 0xF));
                }
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}

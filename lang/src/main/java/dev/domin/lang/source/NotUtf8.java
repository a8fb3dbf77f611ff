package dev.domin.lang.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Reports a file that is not UTF-8. Loaded for such a file only. */
final class NotUtf8 {

    /**
     * An encoding that editors and shells use by default.
     *
     * @param name its name
     * @param mark the byte order mark, as chars
     */
    private record Encoding(String name, String mark) {

        boolean isMarked(byte[] bytes) {
            return new String(bytes, 0, Math.min(bytes.length, mark.length()), StandardCharsets.ISO_8859_1)
                    .equals(mark);
        }
    }

    /** In this order, since the mark of UTF-32LE begins with that of UTF-16LE. */
    private static final List<Encoding> MARKED = List.of(
            new Encoding("UTF-32LE", "\u00ff\u00fe\0\0"),
            new Encoding("UTF-32BE", "\0\0\u00fe\u00ff"),
            new Encoding("UTF-16LE", "\u00ff\u00fe"),
            new Encoding("UTF-16BE", "\u00fe\u00ff"));

    private NotUtf8() {}

    /**
     * Creates the error.
     *
     * @param bytes the file
     * @param start the index at which its text begins
     * @param name its name in messages
     * @return the exception to throw, which points at the first wrong byte
     */
    static RefusedException explain(byte[] bytes, int start, String name) {
        for (var encoding : MARKED) {
            if (encoding.isMarked(bytes)) {
                return wide(bytes, encoding.name(), encoding.mark().length(), name);
            }
        }
        if (bytes[0] == 0 || bytes[1] == 0) { // an ASCII character in UTF-16 or UTF-32
            boolean four = bytes.length > 3 && bytes[1] == 0 && (bytes[0] == 0 || bytes[2] == 0);
            return wide(bytes, "UTF-" + (four ? "32" : "16") + (bytes[0] == 0 ? "BE" : "LE"), 0, name);
        }
        return malformed(bytes, start, name);
    }

    private static RefusedException wide(byte[] bytes, String encoding, int mark, String name) {
        String text = new String(bytes, mark, bytes.length - mark, Charset.forName(encoding));
        var first = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, Math.max(mark, 2)); i++) {
            first.append(first.isEmpty() ? "" : " ").append(hex(bytes[i]));
        }
        return refused(
                new SourceFile(name, text),
                new Span(0, 0),
                "this file is " + encoding + " (its first bytes are " + first + "), a script must be UTF-8",
                "save it as UTF-8; `iconv -f " + encoding + " -t UTF-8 OLD > NEW` converts it");
    }

    private static RefusedException malformed(byte[] bytes, int start, String name) {
        var in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        var before = CharBuffer.allocate(bytes.length);
        StandardCharsets.UTF_8.newDecoder().decode(in, before, true); // stops at the first wrong byte
        int wrong = in.position();
        String text = before.flip() + new String(bytes, wrong, bytes.length - wrong, StandardCharsets.UTF_8);
        return refused(
                new SourceFile(name, text),
                new Span(before.limit(), before.limit() + 1),
                "the byte 0x" + hex(bytes[wrong]) + " (byte " + (wrong + 1)
                        + " of the file) is not UTF-8, which the text of a script must be",
                "save the file as UTF-8; if it is Latin-1, `iconv -f LATIN1 -t UTF-8 OLD > NEW` converts it");
    }

    private static RefusedException refused(SourceFile source, Span span, String message, String help) {
        return new RefusedException(List.of(new Diagnostic(source, span, Diagnostic.Severity.ERROR, message, help)));
    }

    private static String hex(byte value) {
        return (value & 0xFF) < 0x10
                ? "0" + Integer.toHexString(value & 0xFF).toUpperCase(Locale.ROOT)
                : Integer.toHexString(value & 0xFF).toUpperCase(Locale.ROOT);
    }
}

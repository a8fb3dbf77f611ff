package dev.domin.lang.source;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The text of a script and the name it goes by in messages. Immutable. */
public final class SourceFile {

    private final String name;
    private final String text;
    private int[] lineStarts; // filled on the first question about a line: a script without an error asks none

    /**
     * Creates a source file of text at hand.
     *
     * @param name what messages call it
     * @param text its content
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param path where it is
     * @param name what messages call it
     * @return the source
     * @throws RefusedException if it is not UTF-8, with the first byte that is not
     * @throws IOException if it cannot be read
     */
    public static SourceFile read(Path path, String name) throws IOException {
        return decode(Files.readAllBytes(path), name);
    }

    /**
     * Reads a file that goes by its own name, without the start of what {@link Path} needs, which takes longer than the reading.
     *
     * @param name where it is, and what messages call it
     * @return the source
     * @throws RefusedException if it is not UTF-8, with the first byte that is not
     * @throws IOException if it cannot be read
     * @throws java.nio.file.InvalidPathException if no file can have such a name
     */
    public static SourceFile read(String name) throws IOException {
        byte[] bytes;
        try (var stream = new FileInputStream(name)) {
            bytes = stream.readAllBytes();
        } catch (FileNotFoundException _) { // which does not say why; this does
            return read(Path.of(name), name);
        }
        return decode(bytes, name);
    }

    private static SourceFile decode(byte[] bytes, String name) {
        int start = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        if (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0)) { // it may be UTF-8, but no script begins so
            throw NotUtf8.explain(bytes, start, name);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                    .toString();
        } catch (CharacterCodingException _) {
            throw NotUtf8.explain(bytes, start, name);
        }
        return new SourceFile(name, text);
    }

    /** {@return what messages call it} */
    public String name() {
        return name;
    }

    /** {@return the whole text} */
    public String text() {
        return text;
    }

    /**
     * Tells where a char stands.
     *
     * @param offset its index in the text; the text's length is the end of the file
     * @return its line and column
     */
    public Position position(int offset) {
        int line = lineIndex(offset);
        return new Position(line + 1, text.codePointCount(lineStarts()[line], offset) + 1);
    }

    /**
     * Gives a line's text.
     *
     * @param line from 1
     * @return the line without its line break
     */
    public String line(int line) {
        int start = lineStarts()[line - 1];
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(start, end);
    }

    private int lineIndex(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return found >= 0 ? found : -found - 2;
    }

    private synchronized int[] lineStarts() {
        if (lineStarts == null) {
            int count = 1;
            for (int i = 0; i < text.length(); i++) {
                if (endsLine(i)) {
                    count++;
                }
            }
            int[] starts = new int[count];
            int next = 1;
            for (int i = 0; i < text.length(); i++) {
                if (endsLine(i)) {
                    starts[next++] = i + 1;
                }
            }
            lineStarts = starts;
        }
        return lineStarts;
    }

    private boolean endsLine(int index) {
        char c = text.charAt(index);
        return c == '\n' || c == '\r' && (index + 1 == text.length() || text.charAt(index + 1) != '\n');
    }
}

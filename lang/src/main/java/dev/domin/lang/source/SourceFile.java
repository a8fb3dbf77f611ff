package dev.domin.lang.source;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The text of a script and its name in messages. Immutable. */
public final class SourceFile {

    /** More bytes are not read, so that a wrong file, or one without an end, does not fill the memory. */
    private static final int LONGEST = 64 << 20;

    private final String name;
    private final String text;
    private int @Nullable [] lineStarts; // computed when a line is first needed, which is only for errors

    /**
     * Creates a source file from a text.
     *
     * @param name its name in messages
     * @param text its content
     */
    public SourceFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param path its path
     * @param name its name in messages
     * @return the source
     * @throws RefusedException if it is not UTF-8; the error points at the first wrong byte
     * @throws IOException if it cannot be read
     */
    public static SourceFile read(Path path, String name) throws IOException {
        byte[] bytes;
        try {
            bytes = readFile(path, name);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) { // for a folder, for example; its message does not name the file
            throw (IOException) new FileSystemException(name, null, e.getMessage()).initCause(e);
        }
        return decode(bytes, name);
    }

    /**
     * Reads a file whose name in messages is its path. It does not use {@link Path}, whose initialization takes longer
     * than reading the file.
     *
     * @param name its path, which is its name in messages too
     * @return the source
     * @throws RefusedException if it is not UTF-8; the error points at the first wrong byte
     * @throws IOException if it cannot be read
     * @throws java.nio.file.InvalidPathException if the name is not a valid path
     */
    public static SourceFile read(String name) throws IOException {
        byte[] bytes;
        try (var stream = new FileInputStream(name)) {
            bytes = readAtMost(stream, name);
        } catch (FileNotFoundException _) { // without the reason, which the other method reports
            return read(Path.of(name), name);
        }
        return decode(bytes, name);
    }

    /**
     * Reads a script to the end of a stream.
     *
     * @param stream the stream, which is not closed
     * @param name its name in messages
     * @return the source
     * @throws RefusedException if it is not UTF-8; the error points at the first wrong byte
     * @throws IOException if it cannot be read
     */
    public static SourceFile read(InputStream stream, String name) throws IOException {
        return decode(readAtMost(stream, name), name);
    }

    private static byte[] readFile(Path path, String name) throws IOException {
        try (var stream = Files.newInputStream(path)) {
            return readAtMost(stream, name);
        }
    }

    private static byte[] readAtMost(InputStream stream, String name) throws IOException {
        byte[] bytes = stream.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new FileSystemException(name, null, "it has more than " + LONGEST + " bytes, too many for a script");
        }
        return bytes;
    }

    private static SourceFile decode(byte[] bytes, String name) {
        int start = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF
                ? 3
                : 0;
        if (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0)) { // this may be UTF-8, but no script begins this way
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

    /** {@return its name in messages} */
    public String name() {
        return name;
    }

    /** {@return the whole text} */
    public String text() {
        return text;
    }

    /**
     * Returns the position of a char.
     *
     * @param offset its index in the text; the length of the text is the end of the file
     * @return its line and column
     */
    public Position position(int offset) {
        int line = lineIndex(offset);
        return new Position(line + 1, text.codePointCount(lineStarts()[line], offset) + 1);
    }

    /**
     * Returns the text of a line.
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

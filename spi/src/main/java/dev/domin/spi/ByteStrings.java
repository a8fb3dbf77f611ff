package dev.domin.spi;

import dev.domin.spi.engine.ValueLimit;
import java.nio.charset.StandardCharsets;

/**
 * Script strings are bytes; in Java they are {@link String}s of one char per byte, each from 1 to 255: the JVM stores
 * those compactly, and comparing, joining and indexing them works on bytes. This class converts between them and Java
 * text.
 */
public final class ByteStrings {

    private ByteStrings() {}

    /**
     * Encodes Java text as a script string.
     *
     * @param text any text
     * @return its UTF-8 bytes, one char per byte, up to the first 0
     */
    public static String fromText(String text) {
        return fromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes a script string into Java text.
     *
     * @param value one char per byte
     * @return the text, read as UTF-8; malformed bytes become U+FFFD
     */
    public static String toText(String value) {
        return new String(toBytes(value), StandardCharsets.UTF_8);
    }

    /**
     * Makes a script string of bytes.
     *
     * @param bytes any bytes
     * @return the bytes before the first 0, one char per byte
     */
    public static String fromBytes(byte[] bytes) {
        return fromBytes(bytes, 0, bytes.length);
    }

    /**
     * Makes a script string of a part of an array.
     *
     * @param bytes the array
     * @param offset the index of the first byte
     * @param length the largest number of bytes to read
     * @return the bytes before the first 0, one char per byte
     */
    public static String fromBytes(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    /**
     * Checks the length of a string or blob before a plugin makes it. Blobs made by {@link Blob#Blob(long)} are checked
     * already, and what a plugin function returns is checked in any case; but by then its memory has been used.
     *
     * @param length the length in bytes
     * @throws ScriptError if it is over {@link Limit#VALUE} of the run whose script the calling thread runs, or over
     *     {@link Blob#MAXIMUM_LENGTH}
     */
    public static void checkLength(long length) {
        if (length > ValueLimit.ALWAYS) {
            checkLarge(length);
        }
    }

    private static void checkLarge(long length) {
        long limit = ValueLimit.current();
        if (length > limit) {
            throw Limit.VALUE.exceeded(
                    "the value would have " + length + " bytes, and the limit is " + limit,
                    "make it smaller, or in parts");
        }
        if (length > Blob.MAXIMUM_LENGTH) {
            throw new ScriptError(
                    "the value would have " + length + " bytes, and no value can have more than " + Blob.MAXIMUM_LENGTH,
                    "make it smaller, or in parts");
        }
    }

    /**
     * Returns the bytes of a script string.
     *
     * @param value one char per byte
     * @return a new array
     */
    public static byte[] toBytes(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Fills a string as {@code :=} does.
     *
     * @param old the old value
     * @param source the value to put at its start
     * @param capacity the largest number of bytes to write; an old value that {@code =} made longer keeps its length
     * @return the source, cut to the capacity, followed by the rest of the old value
     */
    public static String fill(String old, String source, int capacity) {
        String head = source.length() > capacity ? source.substring(0, capacity) : source;
        return old.length() <= head.length() ? head : head.concat(old.substring(head.length()));
    }
}

package dev.domin.testkit.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file in a window of bounded size, which the sources of packets read in place. Not thread-safe.
 *
 * <p>A source requests bytes, looks at them, and advances only when a packet or block is complete. So at the end of a
 * file that another program still writes, nothing is lost that could be read later.
 */
final class CaptureInput implements AutoCloseable {

    /** The most bytes that can be requested: a packet of the longest kind, with its block and comments. */
    static final int MAX_REQUEST = 512 << 10;

    private static final int READ_SIZE = 64 << 10;

    private final String name;
    private final InputStream in;
    private byte[] window = new byte[2 * READ_SIZE];
    private int position;
    private int limit;

    /** The offset in the file at which the window begins. */
    private long base;

    /** How many bytes are to be skipped before the next request, beyond those in the window. */
    private long toSkip;

    /**
     * Creates an input.
     *
     * @param name the name of the file, for messages
     * @param in its bytes
     */
    CaptureInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** {@return the array with the bytes that have been requested, from {@link #position} on} */
    byte[] bytes() {
        return window;
    }

    /** {@return the index of the next byte} */
    int position() {
        return position;
    }

    /** {@return whether there are bytes that have not been consumed, or that are to be skipped but do not exist} */
    boolean hasRest() {
        return limit > position || toSkip > 0;
    }

    /**
     * Requests bytes. They are in {@link #bytes} at {@link #position}; this may change both.
     *
     * @param count how many, at most {@link #MAX_REQUEST}
     * @return whether so many follow; false at the end of the file
     * @throws IOException if the file cannot be read
     */
    boolean request(int count) throws IOException {
        if (toSkip > 0 && !skipRest()) {
            return false;
        }
        if (limit - position >= count) {
            return true;
        }
        if (window.length - position < count) {
            var next = count > window.length ? new byte[MAX_REQUEST + READ_SIZE] : window;
            System.arraycopy(window, position, next, 0, limit - position);
            window = next;
            base += position;
            limit -= position;
            position = 0;
        }
        while (limit - position < count) {
            int read = read(window, limit, Math.min(READ_SIZE, window.length - limit));
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /**
     * Consumes bytes, whether they have been requested or not.
     *
     * @param count how many
     */
    void advance(long count) {
        int inWindow = (int) Math.min(count, limit - position);
        position += inWindow;
        toSkip += count - inWindow;
    }

    /** The window is empty here. */
    private boolean skipRest() throws IOException {
        base += position;
        position = 0;
        limit = 0;
        while (toSkip > 0) {
            // Not InputStream.skip: that of a file goes beyond its end without saying so.
            int read = read(window, 0, (int) Math.min(toSkip, READ_SIZE));
            if (read < 0) {
                return false;
            }
            base += read;
            toSkip -= read;
        }
        return true;
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = in.read(bytes, offset, length);
            if (read != 0) {
                return read;
            }
            int one = in.read(); // a stream must not return 0, but some do
            if (one >= 0) {
                bytes[offset] = (byte) one;
            }
            return one < 0 ? -1 : 1;
        } catch (EOFException e) {
            return -1; // a gzip file that is not complete
        } catch (ZipException e) {
            throw new CaptureFormatException(name + ": the gzip file is damaged (" + e.getMessage()
                    + "); `gzip -t` checks it; the packets before the damage have been read");
        }
    }

    /**
     * Creates an exception for what is at the current position.
     *
     * @param expected what was expected
     * @param found what was found instead
     * @return the exception
     */
    CaptureFormatException damaged(String expected, String found) {
        return new CaptureFormatException(name + ", byte " + (base + position) + ": expected " + expected + ", found "
                + found + "; the file is damaged here, and only the packets before this place can be read");
    }

    /**
     * Creates an exception for a file that is no capture, or not one that can be read.
     *
     * @param found what is at its beginning
     * @param wayOut what can be done
     * @return the exception
     */
    CaptureFormatException unreadable(String found, String wayOut) {
        return new CaptureFormatException(
                name + ", byte 0: expected a capture in the format pcapng or pcap, found " + found + "; " + wayOut);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

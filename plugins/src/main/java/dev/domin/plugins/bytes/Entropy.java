package dev.domin.plugins.bytes;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random bytes from the operating system. */
public final class Entropy {

    /**
     * The device of Unix systems. Reading it loads fewer classes than SecureRandom, whose initialization would fail
     * permanently if memory were full at its first use.
     */
    private static final String DEVICE = "/dev/urandom";

    private Entropy() {}

    /** {@return a random number, each equally likely} */
    public static long nextLong() {
        byte[] bytes = new byte[Long.BYTES];
        fill(bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes).getLong();
    }

    /**
     * Fills a part of an array with random bytes.
     *
     * @param bytes the array
     * @param from the index of the first byte to fill
     * @param count how many to fill
     */
    public static void fill(byte[] bytes, int from, int count) {
        try (InputStream in = new FileInputStream(DEVICE)) {
            if (in.readNBytes(bytes, from, count) == count) {
                return;
            }
        } catch (IOException _) {
            // no such device, or no free descriptor
        }
        byte[] other = new byte[count];
        new SecureRandom().nextBytes(other);
        System.arraycopy(other, 0, bytes, from, count);
    }
}

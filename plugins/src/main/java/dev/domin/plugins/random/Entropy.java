package dev.domin.plugins.random;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Random numbers from the operating system. */
final class Entropy {

    /** The device of Unix systems. Reading it loads fewer classes than SecureRandom. */
    private static final String DEVICE = "/dev/urandom";

    private Entropy() {}

    /** {@return a random number} */
    static long nextLong() {
        try (InputStream in = new FileInputStream(DEVICE)) {
            byte[] bytes = in.readNBytes(Long.BYTES);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IOException _) {
            // no such device, or no free descriptor
        }
        return new SecureRandom().nextLong();
    }
}

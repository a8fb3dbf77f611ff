package dev.domin.plugins.random;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Chance from the operating system. */
final class Entropy {

    /** Where Unix systems have it; reading it loads none of the classes that SecureRandom needs. */
    private static final String DEVICE = "/dev/urandom";

    private Entropy() {}

    /** {@return any number, each equally likely} */
    static long nextLong() {
        try (InputStream in = new FileInputStream(DEVICE)) {
            byte[] bytes = in.readNBytes(Long.BYTES);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IOException _) {
            // a system without that device, or no descriptor is free
        }
        return new SecureRandom().nextLong();
    }
}

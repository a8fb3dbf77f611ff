package dev.domin.plugins.crypto;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.spi.ScriptContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;

/** Digests and checksums of the JDK, in chunks, so that a long one can be cancelled. */
final class Digests {

    static final String MD5 = "MD5";
    static final String SHA1 = "SHA-1";
    static final String SHA256 = "SHA-256";

    /** How many bytes each of the three takes at a time; HMAC pads its key to that. */
    private static final int BLOCK = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private Digests() {}

    static byte[] digest(ScriptContext run, String algorithm, byte[] data, int length) {
        var digest = create(algorithm);
        update(run, digest, data, length);
        return digest.digest();
    }

    /**
     * Computes an HMAC as RFC 2104 describes it. The JDK's own {@code Mac} refuses an empty key, and loads the whole of
     * {@code javax.crypto} for these lines.
     */
    static byte[] hmac(
            ScriptContext run, String algorithm, byte[] key, int keyLength, byte[] message, int messageLength) {
        var digest = create(algorithm);
        var padded = new byte[BLOCK];
        if (keyLength > BLOCK) {
            update(run, digest, key, keyLength);
            byte[] shortened = digest.digest();
            System.arraycopy(shortened, 0, padded, 0, shortened.length);
        } else {
            System.arraycopy(key, 0, padded, 0, keyLength);
        }
        digest.update(mask(padded, INNER));
        update(run, digest, message, messageLength);
        byte[] inner = digest.digest();
        digest.update(mask(padded, OUTER));
        return digest.digest(inner);
    }

    static long checksum(ScriptContext run, Checksum checksum, byte[] data, int length) {
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            checksum.update(data, at, end - at);
            at = end;
        }
        return checksum.getValue();
    }

    private static void update(ScriptContext run, MessageDigest digest, byte[] data, int length) {
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            digest.update(data, at, end - at);
            at = end;
        }
    }

    private static byte[] mask(byte[] padded, byte mask) {
        var masked = new byte[padded.length];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = (byte) (padded[i] ^ mask);
        }
        return masked;
    }

    private static MessageDigest create(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has to have " + algorithm, e);
        }
    }
}

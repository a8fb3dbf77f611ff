package dev.domin.plugins.crypto;

import dev.domin.plugins.bytes.Entropy;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.security.MessageDigest;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Digests, keyed digests, checksums, and random bytes for secrets. The file is long because every function carries its
 * page of documentation; other types do the work.
 */
@ScriptPlugin(
        namespace = "crypto",
        library = "CryptoPlugin",
        path = "../plugins/crypto/CryptoPlugin",
        doc = "Digests (SHA-256, SHA-1, MD5), keyed digests (HMAC of each), checksums (CRC-32, CRC-32C, Adler-32), "
                + "and random bytes for secrets. What ends in Hex takes strings and gives hexadecimal text; "
                + "its twin takes blobs, which may hold 0 bytes, and gives the raw bytes. MD5 and SHA-1 are "
                + "here because protocols such as RADIUS and STUN demand them; they do not protect against "
                + "forgery any more.")
public final class CryptoPlugin implements Plugin {

    private static final int MOST_RANDOM = 1 << 30;
    private static final int RANDOM_CHUNK = 1 << 16;

    private ScriptContext context;

    @Override
    public void start(ScriptContext run) {
        context = run;
    }

    @ScriptFunction(
            name = "Sha256Hex",
            doc = "Computes the SHA-256 digest of a string.",
            returns = "64 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.Sha256Hex(\"abc\"));",
            output = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n")
    public String sha256Hex(
            @Param(value = "text", doc = "What to digest.", help = "crypto.Sha256($b) digests a blob") String text) {
        return digestHex(Digests.SHA256, text);
    }

    @ScriptFunction(
            name = "Sha256",
            doc = "Computes the SHA-256 digest of a blob.",
            returns = "A blob of 32 bytes.",
            example = "printf(\"%s\\n\", crypto.ToHex(crypto.Sha256(crypto.FromHex(\"616263\"))));",
            output = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n",
            beyond = true)
    public Blob sha256(
            @Param(value = "data", doc = "What to digest.", help = "crypto.Sha256Hex($s) digests a string") Blob data) {
        return digest(Digests.SHA256, data);
    }

    @ScriptFunction(
            name = "HmacSha256Hex",
            doc = "Computes the HMAC-SHA256 of a string (RFC 2104).",
            returns = "64 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.HmacSha256Hex(\"key\", \"message\"));",
            output = "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a\n")
    public String hmacSha256Hex(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacSha256 takes blobs") String key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacSha256 takes blobs") String message) {
        return hmacHex(Digests.SHA256, key, message);
    }

    @ScriptFunction(
            name = "HmacSha256",
            doc = "Computes the HMAC-SHA256 of a blob (RFC 2104).",
            returns = "A blob of 32 bytes.",
            example = """
                    blob $key[3];
                    $key = crypto.FromHex("6b6579");
                    printf("%s\\n", crypto.ToHex(crypto.HmacSha256($key, crypto.FromHex("6d657373616765"))));""",
            output = "6e9ef29b75fffc5b7abae527d58fdadb2fe42e7219011976917343065f58ed4a\n",
            beyond = true)
    public Blob hmacSha256(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacSha256Hex takes strings")
                    Blob key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacSha256Hex takes strings")
                    Blob message) {
        return hmac(Digests.SHA256, key, message);
    }

    @ScriptFunction(
            name = "Sha1Hex",
            doc = "Computes the SHA-1 digest of a string.",
            returns = "40 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.Sha1Hex(\"abc\"));",
            output = "a9993e364706816aba3e25717850c26c9cd0d89d\n",
            beyond = true)
    public String sha1Hex(
            @Param(value = "text", doc = "What to digest.", help = "crypto.Sha1($b) digests a blob") String text) {
        return digestHex(Digests.SHA1, text);
    }

    @ScriptFunction(
            name = "Sha1",
            doc = "Computes the SHA-1 digest of a blob.",
            returns = "A blob of 20 bytes.",
            example = "printf(\"%s\\n\", crypto.ToHex(crypto.Sha1(crypto.FromHex(\"616263\"))));",
            output = "a9993e364706816aba3e25717850c26c9cd0d89d\n",
            beyond = true)
    public Blob sha1(
            @Param(value = "data", doc = "What to digest.", help = "crypto.Sha1Hex($s) digests a string") Blob data) {
        return digest(Digests.SHA1, data);
    }

    @ScriptFunction(
            name = "HmacSha1Hex",
            doc = "Computes the HMAC-SHA1 of a string (RFC 2104).",
            returns = "40 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.HmacSha1Hex(\"key\", \"message\"));",
            output = "2088df74d5f2146b48146caf4965377e9d0be3a4\n",
            beyond = true)
    public String hmacSha1Hex(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacSha1 takes blobs") String key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacSha1 takes blobs") String message) {
        return hmacHex(Digests.SHA1, key, message);
    }

    @ScriptFunction(
            name = "HmacSha1",
            doc = "Computes the HMAC-SHA1 of a blob (RFC 2104).",
            returns = "A blob of 20 bytes.",
            example = """
                    blob $key[3];
                    $key = crypto.FromHex("6b6579");
                    printf("%s\\n", crypto.ToHex(crypto.HmacSha1($key, crypto.FromHex("6d657373616765"))));""",
            output = "2088df74d5f2146b48146caf4965377e9d0be3a4\n",
            beyond = true)
    public Blob hmacSha1(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacSha1Hex takes strings") Blob key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacSha1Hex takes strings") Blob message) {
        return hmac(Digests.SHA1, key, message);
    }

    @ScriptFunction(
            name = "Md5Hex",
            doc = "Computes the MD5 digest of a string.",
            returns = "32 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.Md5Hex(\"abc\"));",
            output = "900150983cd24fb0d6963f7d28e17f72\n",
            beyond = true)
    public String md5Hex(
            @Param(value = "text", doc = "What to digest.", help = "crypto.Md5($b) digests a blob") String text) {
        return digestHex(Digests.MD5, text);
    }

    @ScriptFunction(
            name = "Md5",
            doc = "Computes the MD5 digest of a blob.",
            returns = "A blob of 16 bytes.",
            example = "printf(\"%s\\n\", crypto.ToHex(crypto.Md5(crypto.FromHex(\"616263\"))));",
            output = "900150983cd24fb0d6963f7d28e17f72\n",
            beyond = true)
    public Blob md5(
            @Param(value = "data", doc = "What to digest.", help = "crypto.Md5Hex($s) digests a string") Blob data) {
        return digest(Digests.MD5, data);
    }

    @ScriptFunction(
            name = "HmacMd5Hex",
            doc = "Computes the HMAC-MD5 of a string (RFC 2104).",
            returns = "32 lower-case hexadecimal digits.",
            example = "printf(\"%s\\n\", crypto.HmacMd5Hex(\"key\", \"message\"));",
            output = "4e4748e62b463521f6775fbf921234b5\n",
            beyond = true)
    public String hmacMd5Hex(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacMd5 takes blobs") String key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacMd5 takes blobs") String message) {
        return hmacHex(Digests.MD5, key, message);
    }

    @ScriptFunction(
            name = "HmacMd5",
            doc = "Computes the HMAC-MD5 of a blob (RFC 2104).",
            returns = "A blob of 16 bytes.",
            example = """
                    blob $key[3];
                    $key = crypto.FromHex("6b6579");
                    printf("%s\\n", crypto.ToHex(crypto.HmacMd5($key, crypto.FromHex("6d657373616765"))));""",
            output = "4e4748e62b463521f6775fbf921234b5\n",
            beyond = true)
    public Blob hmacMd5(
            @Param(value = "key", doc = "The key, of any length.", help = "crypto.HmacMd5Hex takes strings") Blob key,
            @Param(value = "message", doc = "What to sign.", help = "crypto.HmacMd5Hex takes strings") Blob message) {
        return hmac(Digests.MD5, key, message);
    }

    @ScriptFunction(
            name = "Crc32",
            doc = "Computes the CRC-32 of a blob (IEEE 802.3, as in Ethernet, zip and STUN's fingerprint).",
            returns = "The checksum, 0 to 4294967295; keep it in an i64.",
            example = "printf(\"%x\\n\", crypto.Crc32(crypto.FromHex(\"313233343536373839\")));",
            output = "cbf43926\n",
            beyond = true)
    public long crc32(
            @Param(value = "data", doc = "What to check.", help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob data) {
        return Digests.checksum(context, new CRC32(), data.array(), data.length());
    }

    @ScriptFunction(
            name = "Crc32c",
            doc = "Computes the CRC-32C of a blob (Castagnoli, as in SCTP and iSCSI).",
            returns = "The checksum, 0 to 4294967295; keep it in an i64.",
            example = "printf(\"%x\\n\", crypto.Crc32c(crypto.FromHex(\"313233343536373839\")));",
            output = "e3069283\n",
            beyond = true)
    public long crc32c(
            @Param(value = "data", doc = "What to check.", help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob data) {
        return Digests.checksum(context, new CRC32C(), data.array(), data.length());
    }

    @ScriptFunction(
            name = "Adler32",
            doc = "Computes the Adler-32 checksum of a blob (RFC 1950).",
            returns = "The checksum, 0 to 4294967295; keep it in an i64.",
            example = "printf(\"%x\\n\", crypto.Adler32(crypto.FromHex(\"313233343536373839\")));",
            output = "91e01de\n",
            beyond = true)
    public long adler32(
            @Param(value = "data", doc = "What to check.", help = "blob.FromText(\"...\") makes a blob of a text")
                    Blob data) {
        return Digests.checksum(context, new Adler32(), data.array(), data.length());
    }

    @ScriptFunction(
            name = "Equal",
            doc = "Compares two blobs in a time that does not depend on where they differ, so that nobody can find "
                    + "out a digest byte by byte.",
            returns = "1 if they have the same bytes, else 0.",
            example = """
                    blob $mine[0];
                    $mine = crypto.HmacMd5(crypto.FromHex("6b6579"), crypto.FromHex("00"));
                    printf("%d %d\\n", crypto.Equal($mine, $mine), crypto.Equal($mine, crypto.FromHex("00")));""",
            output = "1 0\n",
            beyond = true)
    public static int equal(
            @Param(value = "first", doc = "A digest.") Blob first,
            @Param(value = "second", doc = "Another one.") Blob second) {
        return MessageDigest.isEqual(first.toByteArray(), second.toByteArray()) ? 1 : 0;
    }

    @ScriptFunction(
            name = "RandomBytes",
            doc = "Makes random bytes that nobody can predict, from the operating system's generator.",
            returns = "A blob of so many bytes.",
            errors = "A count below 0 or above 1073741824 stops the script.",
            example = """
                    blob $key[0];
                    $key = crypto.RandomBytes(16);
                    printf("%d\\n", $key.Length);""",
            output = "16\n")
    public Blob randomBytes(@Param(value = "count", doc = "How many bytes.", min = 0, max = MOST_RANDOM) long count) {
        return Blob.of(random(count));
    }

    @ScriptFunction(
            name = "RandomHex",
            doc = "Makes random bytes that nobody can predict, as hexadecimal text.",
            returns = "Two lower-case hexadecimal digits for each byte.",
            errors = "A count below 0 or above 1073741824 stops the script.",
            example = """
                    string $token[32];
                    $token = crypto.RandomHex(16);
                    printf("%d\\n", $token.Length);""",
            output = "32\n")
    public String randomHex(@Param(value = "count", doc = "How many bytes.", min = 0, max = MOST_RANDOM) long count) {
        byte[] bytes = random(count);
        return HexDigits.of(context, bytes, bytes.length);
    }

    @ScriptFunction(
            name = "ToHex",
            doc = "Shows the bytes of a blob as hexadecimal text.",
            returns = "Two lower-case hexadecimal digits for each byte.",
            errors = "A blob over 1073741815 bytes stops the script.",
            example = "printf(\"%s\\n\", crypto.ToHex(crypto.FromHex(\"00FF\")));",
            output = "00ff\n",
            beyond = true)
    public String toHex(@Param(value = "data", doc = "The bytes.") Blob data) {
        return HexDigits.of(context, data.array(), data.length());
    }

    @ScriptFunction(
            name = "FromHex",
            doc = "Makes a blob of hexadecimal text, in upper or lower case, without blanks.",
            returns = "A blob of one byte for each two digits.",
            errors = "Anything but hexadecimal digits, and an odd number of them, stops the script.",
            example = "printf(\"%d\\n\", crypto.Crc32(crypto.FromHex(\"\")));",
            output = "0\n",
            beyond = true)
    public Blob fromHex(@Param(value = "text", doc = "The digits.") String text) {
        return Blob.of(HexDigits.parse(context, text));
    }

    private Blob digest(String algorithm, Blob data) {
        return Blob.of(Digests.digest(context, algorithm, data.array(), data.length()));
    }

    private String digestHex(String algorithm, String text) {
        byte[] data = ByteStrings.toBytes(text);
        return hex(Digests.digest(context, algorithm, data, data.length));
    }

    private Blob hmac(String algorithm, Blob key, Blob message) {
        return Blob.of(Digests.hmac(context, algorithm, key.array(), key.length(), message.array(), message.length()));
    }

    private String hmacHex(String algorithm, String key, String message) {
        byte[] keyBytes = ByteStrings.toBytes(key);
        byte[] data = ByteStrings.toBytes(message);
        return hex(Digests.hmac(context, algorithm, keyBytes, keyBytes.length, data, data.length));
    }

    private String hex(byte[] bytes) {
        return HexDigits.of(context, bytes, bytes.length);
    }

    private byte[] random(long count) {
        if (count < 0 || count > MOST_RANDOM) {
            throw new ScriptError("count is " + count + ", but it is 0 to " + MOST_RANDOM);
        }
        byte[] bytes = new Blob(count).array();
        for (int at = 0; at < bytes.length; at += RANDOM_CHUNK) {
            if (at > 0) {
                context.checkCancelled();
            }
            Entropy.fill(bytes, at, Math.min(RANDOM_CHUNK, bytes.length - at));
        }
        return bytes;
    }
}

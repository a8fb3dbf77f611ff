package dev.domin.plugins.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoPluginTest {

    private final FakeScriptContext context = new FakeScriptContext();
    private final CryptoPlugin crypto = new CryptoPlugin();

    @BeforeEach
    void start() {
        crypto.start(context);
    }

    @Test
    void shouldDigestAsTheStandardsSay() {
        assertThat(crypto.sha256Hex("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(crypto.sha1Hex("abc")).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(crypto.md5Hex("abc")).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(hex(crypto.md5(new Blob()))).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    }

    @Test
    void shouldGiveTheSameForAStringAndItsBytes() {
        assertThat(hex(crypto.sha256(blob("abc")))).isEqualTo(crypto.sha256Hex("abc"));
        assertThat(hex(crypto.sha1(blob("abc")))).isEqualTo(crypto.sha1Hex("abc"));
        assertThat(hex(crypto.hmacSha256(blob("k"), blob("m")))).isEqualTo(crypto.hmacSha256Hex("k", "m"));
        assertThat(hex(crypto.hmacSha1(blob("k"), blob("m")))).isEqualTo(crypto.hmacSha1Hex("k", "m"));
        assertThat(hex(crypto.hmacMd5(blob("k"), blob("m")))).isEqualTo(crypto.hmacMd5Hex("k", "m"));
    }

    @Test
    void shouldDigestOnlyTheBytesOfABlob() {
        var longer = blob("abcdef");
        longer.assign(blob("abc")); // whose array keeps its six bytes
        assertThat(hex(crypto.md5(longer))).isEqualTo(crypto.md5Hex("abc"));
        assertThat(crypto.crc32(longer)).isEqualTo(crypto.crc32(blob("abc")));
        assertThat(crypto.toHex(longer)).isEqualTo("616263");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 200})
    void shouldSignAsTheJdkDoesWithKeysOfAnyLength(int keyLength) throws GeneralSecurityException {
        var random = new Random(keyLength);
        byte[] key = new byte[keyLength];
        byte[] message = new byte[70_000]; // more than a chunk, with 0 bytes
        random.nextBytes(key);
        random.nextBytes(message);

        assertThat(crypto.hmacMd5(Blob.of(key), Blob.of(message)).toByteArray())
                .isEqualTo(mac("HmacMD5", key, message));
        assertThat(crypto.hmacSha1(Blob.of(key), Blob.of(message)).toByteArray())
                .isEqualTo(mac("HmacSHA1", key, message));
        assertThat(crypto.hmacSha256(Blob.of(key), Blob.of(message)).toByteArray())
                .isEqualTo(mac("HmacSHA256", key, message));
    }

    @Test
    void shouldSignWithAnEmptyKey() {
        assertThat(crypto.hmacSha256Hex("", ""))
                .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }

    @Test
    void shouldComputeTheChecksumsOfTheCatalogues() {
        assertThat(crypto.crc32(blob("123456789"))).isEqualTo(0xCBF43926L);
        assertThat(crypto.crc32c(blob("123456789"))).isEqualTo(0xE3069283L);
        assertThat(crypto.adler32(blob("123456789"))).isEqualTo(0x091E01DEL);
        assertThat(crypto.crc32(Blob.of(new byte[200_000]))).isEqualTo(0x5CE0587BL);
        assertThat(crypto.adler32(new Blob())).isEqualTo(1);
    }

    @Test
    void shouldCompareDigests() {
        assertThat(CryptoPlugin.equal(blob("abc"), blob("abc"))).isEqualTo(1);
        assertThat(CryptoPlugin.equal(blob("abc"), blob("abd"))).isZero();
        assertThat(CryptoPlugin.equal(blob("abc"), blob("ab"))).isZero();
    }

    @Test
    void shouldMakeRandomBytes() {
        assertThat(crypto.randomBytes(0).length()).isZero();
        assertThat(crypto.randomBytes(100_000).length()).isEqualTo(100_000);
        assertThat(crypto.randomBytes(16).toByteArray())
                .isNotEqualTo(crypto.randomBytes(16).toByteArray());
        byte[] tail = Arrays.copyOfRange(crypto.randomBytes(65_536 + 64).toByteArray(), 65_536, 65_600);
        assertThat(tail).isNotEqualTo(new byte[64]);
        assertThat(crypto.randomHex(8)).matches("[0-9a-f]{16}");
    }

    @Test
    void shouldRefuseACountThatIsNone() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> crypto.randomBytes(-1))
                .withMessage("count is -1, but it is 0 to 1073741824");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> crypto.randomHex(1L << 40))
                .withMessage("count is 1099511627776, but it is 0 to 1073741824");
    }

    @Test
    void shouldReadHexadecimalDigits() {
        assertThat(crypto.fromHex("00fFa0").toByteArray()).containsExactly(0, 0xFF, 0xA0);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> crypto.fromHex("0g"))
                .withMessage("byte 1 of the text is no hexadecimal digit, its value is 103");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> crypto.fromHex("123"))
                .withMessage("the text has 3 digits, but a byte takes two");
    }

    @Test
    void shouldBeCancelledInALongDigest() {
        var cancelled = new CryptoPlugin();
        cancelled.start(new FakeScriptContext().cancelledAtCheck(2));
        assertThatExceptionOfType(FakeScriptContext.Unwound.class)
                .isThrownBy(() -> cancelled.sha256(Blob.of(new byte[1 << 20])));
    }

    private static byte[] mac(String algorithm, byte[] key, byte[] message) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(message);
    }

    private static Blob blob(String text) {
        return Blob.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String hex(Blob blob) {
        return HexFormat.of().formatHex(blob.toByteArray());
    }
}

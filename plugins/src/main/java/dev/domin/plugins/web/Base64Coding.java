package dev.domin.plugins.web;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as Base64 (RFC 4648, with padding and without line breaks), and back. */
final class Base64Coding {

    private static final int GROUP_CHARS = 4;
    private static final int GROUP_BYTES = 3;

    /** A multiple of both, so that no group is divided. */
    private static final int CHUNK = 48 * 1024;

    private Base64Coding() {}

    static String encode(ScriptContext run, byte[] bytes, int length) {
        long encoded = ((long) length + GROUP_BYTES - 1) / GROUP_BYTES * GROUP_CHARS;
        ByteStrings.checkLength(encoded);
        var text = new StringBuilder((int) encoded);
        for (int at = 0; at < length; at += CHUNK) {
            run.checkCancelled();
            byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(at + CHUNK, length));
            text.append(Base64.getEncoder().encodeToString(chunk));
        }
        return text.toString();
    }

    static byte[] decode(ScriptContext run, String text) {
        int length = text.length();
        int end = withoutPadding(text);
        for (int at = 0; at < end; ) {
            int chunkEnd = Chunks.end(run, 0, at, end);
            for (; at < chunkEnd; at++) {
                check(text, at);
            }
        }
        if (length % GROUP_CHARS != 0) {
            throw new ScriptError(
                    "the text has " + length + " bytes, but Base64 comes in groups of " + GROUP_CHARS,
                    "a shorter last group is filled with `=`");
        }
        int missing = length - end;
        var bytes = new byte[length / GROUP_CHARS * GROUP_BYTES - missing];
        for (int at = 0; at < length; at += CHUNK) {
            run.checkCancelled();
            String chunk = text.substring(at, Math.min(at + CHUNK, length));
            byte[] decoded = Base64.getDecoder().decode(chunk.getBytes(StandardCharsets.ISO_8859_1));
            System.arraycopy(decoded, 0, bytes, at / GROUP_CHARS * GROUP_BYTES, decoded.length);
        }
        return bytes;
    }

    /** {@return where the text ends without the one or two equals signs at the end of a last group} */
    private static int withoutPadding(String text) {
        if (text.endsWith("==")) {
            return text.length() - 2;
        }
        return text.endsWith("=") ? text.length() - 1 : text.length();
    }

    private static void check(String text, int at) {
        char c = text.charAt(at);
        boolean good = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
        if (!good) {
            String help = "";
            if (c == '\r' || c == '\n' || c == ' ') {
                help = "take blanks and line breaks out first";
            } else if (c == '-' || c == '_') {
                help = "`-` and `_` belong to Base64 for URLs, where `+` and `/` stand in Base64";
            }
            throw new ScriptError(
                    "byte " + at + " of the text does not belong to Base64, its value is " + (int) c, help);
        }
    }
}

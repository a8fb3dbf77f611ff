package dev.domin.plugins.blob;

import dev.domin.plugins.bytes.Chunks;
import dev.domin.plugins.bytes.Letters;
import dev.domin.plugins.bytes.Work;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;

/** Converts bytes to hexadecimal text and back. */
final class HexText {

    private static final int BYTES_PER_LINE = 16;
    private static final int HALF_LINE = BYTES_PER_LINE / 2;

    /**
     * The length of a full line: offset, two spaces, three columns per byte and one between the halves, a space, the
     * text between bars.
     */
    private static final int LINE_LENGTH = 79;

    private HexText() {}

    static String digits(ScriptContext run, Blob blob) {
        int length = blob.length();
        ByteStrings.checkLength(2L * length);
        var text = new StringBuilder(2 * length);
        byte[] bytes = blob.array();
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                appendByte(text, bytes[at]);
            }
        }
        return text.toString();
    }

    static String dump(ScriptContext run, Blob blob) {
        int length = blob.length();
        long lines = ((long) length + BYTES_PER_LINE - 1) / BYTES_PER_LINE;
        ByteStrings.checkLength(lines * LINE_LENGTH);
        var text = new StringBuilder((int) lines * LINE_LENGTH);
        byte[] bytes = blob.array();
        var work = new Work(run);
        for (int start = 0; start < length; start += BYTES_PER_LINE) {
            work.add(LINE_LENGTH);
            int end = Math.min(start + BYTES_PER_LINE, length);
            for (int shift = 24; shift >= 0; shift -= 8) {
                appendByte(text, (byte) (start >> shift));
            }
            text.append(' ');
            for (int i = start; i < start + BYTES_PER_LINE; i++) {
                text.append(i == start + HALF_LINE ? "  " : " ");
                if (i < end) {
                    appendByte(text, bytes[i]);
                } else {
                    text.append("  ");
                }
            }
            text.append("  |");
            for (int i = start; i < end; i++) {
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
            }
            text.append("|\n");
        }
        return text.toString();
    }

    static Blob parse(ScriptContext run, String text) {
        int digits = 0;
        var work = new Work(run);
        for (int i = 0; i < text.length(); i++) {
            work.add(1);
            if (!Letters.isSpace(text.charAt(i))) {
                digits++;
            }
        }
        byte[] bytes = new byte[digits / 2];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            work.add(1);
            if (Letters.isSpace(text.charAt(at))) {
                at++;
                continue;
            }
            int high = digit(text, at);
            if (at + 1 == text.length() || Letters.isSpace(text.charAt(at + 1))) {
                throw new ScriptError("the digit at byte " + at + " has no second digit; a byte has two");
            }
            bytes[count++] = (byte) ((high << 4) | digit(text, at + 1));
            at += 2;
        }
        return Blob.of(bytes);
    }

    /** {@return whether {@link #parse} can parse a text} */
    static boolean isHex(ScriptContext run, String text) {
        var work = new Work(run);
        int at = 0;
        while (at < text.length()) {
            work.add(1);
            if (Letters.isSpace(text.charAt(at))) {
                at++;
            } else if (at + 1 < text.length() && isDigit(text.charAt(at)) && isDigit(text.charAt(at + 1))) {
                at += 2;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    private static int digit(String text, int at) {
        char c = text.charAt(at);
        int value = c < 0x80 ? Character.digit(c, 16) : -1;
        if (value < 0) {
            throw new ScriptError("byte " + at + " of the text is not a hexadecimal digit, its value is " + (int) c);
        }
        return value;
    }

    private static void appendByte(StringBuilder text, byte value) {
        text.append(Character.forDigit(value >> 4 & 0xF, 16));
        text.append(Character.forDigit(value & 0xF, 16));
    }
}

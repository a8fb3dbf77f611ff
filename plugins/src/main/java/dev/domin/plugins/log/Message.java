package dev.domin.plugins.log;

import dev.domin.spi.ByteStrings;
import dev.domin.spi.Escapes;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * One message. Whatever bytes it has, a line made of it is one line, and no terminal takes a part of it for a command.
 *
 * @param epochMillis when it was written
 * @param level its level
 * @param text its text, a script string
 */
record Message(long epochMillis, Level level, String text) {

    private static final int MILLIS_PER_SECOND = 1000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;

    /** {@return time, level and text, without a line end} */
    String plainLine() {
        return time() + " " + level.name() + " " + escapedText();
    }

    /** {@return an object of JSON with the fields ts, level and msg, without a line end} */
    String jsonLine() {
        var line = new StringBuilder("{\"ts\":\"")
                .append(time())
                .append("\",\"level\":\"")
                .append(level.word())
                .append("\",\"msg\":\"");
        byte[] bytes = ByteStrings.toBytes(text);
        int at = 0;
        while (at < bytes.length) {
            int length = Utf8.length(bytes, at);
            if (length == 0) {
                // as the plain format does; JSON has no escape for a byte
                line.append("\\\\x").append(HexFormat.of().toHexDigits(bytes[at]));
            } else {
                appendJson(line, new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0));
            }
            at += Math.max(1, length);
        }
        return line.append("\"}").toString();
    }

    /** {@return the text with everything escaped that is not printable} */
    String escapedText() {
        return ByteStrings.toText(Escapes.escape(text));
    }

    /** {@return the time by RFC 3339, UTC, with milliseconds} */
    String time() {
        long seconds = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
        var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
        int second = Math.floorMod(seconds, SECONDS_PER_DAY);
        var time = new StringBuilder(24);
        digits(time, date.getYear(), 4).append('-');
        digits(time, date.getMonthValue(), 2).append('-');
        digits(time, date.getDayOfMonth(), 2).append('T');
        digits(time, second / SECONDS_PER_HOUR, 2).append(':');
        digits(time, second / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 2).append(':');
        digits(time, second % SECONDS_PER_MINUTE, 2).append('.');
        return digits(time, Math.floorMod(epochMillis, MILLIS_PER_SECOND), 3)
                .append('Z')
                .toString();
    }

    private static StringBuilder digits(StringBuilder out, int number, int width) {
        String digits = Integer.toString(number);
        return out.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private static void appendJson(StringBuilder line, int character) {
        switch (character) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isPrintable(character)) {
                    line.appendCodePoint(character);
                } else {
                    for (char unit : Character.toChars(character)) {
                        line.append("\\u").append(HexFormat.of().toHexDigits(unit));
                    }
                }
            }
        }
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

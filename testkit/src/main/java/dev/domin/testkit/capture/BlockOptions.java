package dev.domin.testkit.capture;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The options of a block of pcapng. Options that are not known, or not complete, are left out. */
final class BlockOptions {

    private static final int END = 0;
    private static final int COMMENT = 1;
    private static final int TIMESTAMP_RESOLUTION = 9;
    private static final int TIMESTAMP_OFFSET = 14;

    private final byte[] bytes;
    private final int from;
    private final int end;
    private final boolean little;

    /**
     * Creates the options.
     *
     * @param bytes an array that contains them
     * @param from where they begin
     * @param end where they end, or the block
     * @param little whether their numbers are in little-endian byte order
     */
    BlockOptions(byte[] bytes, int from, int end, boolean little) {
        this.bytes = bytes;
        this.from = from;
        this.end = end;
        this.little = little;
    }

    /** {@return the comments, joined by line breaks, or null} */
    @Nullable
    String comment() {
        StringBuilder text = null;
        for (int at = first(); at >= 0; at = next(at)) {
            if (code(at) == COMMENT) {
                text = text == null ? new StringBuilder() : text.append('\n');
                text.append(new String(bytes, at + 4, length(at), StandardCharsets.UTF_8));
            }
        }
        return text == null ? null : text.toString();
    }

    /** {@return the unit of an interface's timestamps} */
    TimestampUnit timestampUnit() {
        var unit = TimestampUnit.MICROSECONDS;
        for (int at = first(); at >= 0; at = next(at)) {
            if (code(at) == TIMESTAMP_RESOLUTION && length(at) >= 1) {
                int resolution = bytes[at + 4];
                unit = new TimestampUnit(resolution & 0x7F, resolution < 0, unit.offsetSeconds());
            } else if (code(at) == TIMESTAMP_OFFSET && length(at) >= Long.BYTES) {
                unit = new TimestampUnit(unit.exponent(), unit.binary(), Bytes.i64(bytes, at + 4, little));
            }
        }
        return unit;
    }

    private int code(int at) {
        return Bytes.u16(bytes, at, little);
    }

    private int length(int at) {
        return Bytes.u16(bytes, at + 2, little);
    }

    private int first() {
        return checked(from);
    }

    private int next(int at) {
        return checked(at + 4 + (length(at) + 3 & ~3));
    }

    /** {@return where an option is, or -1 if there is none or it is not complete} */
    private int checked(int at) {
        return at + 4 <= end && code(at) != END && at + 4 + length(at) <= end ? at : -1;
    }
}

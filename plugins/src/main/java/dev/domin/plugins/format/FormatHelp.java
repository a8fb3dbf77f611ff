package dev.domin.plugins.format;

import dev.domin.spi.Blob;

/** The help texts for wrong formats. A class of its own, so that it is loaded for an error only. */
final class FormatHelp {

    private FormatHelp() {}

    /** {@return what to write instead of an unknown specifier} */
    static String unknown(char specifier) {
        return switch (specifier) {
            case 'i', 'u', 'l', 'h', 'z', 'j' -> "`%d` is for all integers, i32 and i64";
            case 'p' -> "use `%x` for hexadecimal digits";
            case 'e', 'g', 'F', 'E', 'G' -> "use `%f` for a double";
            default -> "write a percent sign as `%%`";
        };
    }

    /** {@return what to do about a value of the wrong type; empty if nothing helps} */
    static String wrongType(String wanted, Object value) {
        boolean integer = value instanceof Integer || value instanceof Long;
        if (wanted.equals("string") && value instanceof Blob) {
            return "blob.ToText($b) returns the bytes as a string, blob.ToHex($b) as hexadecimal digits";
        }
        if (wanted.equals("double") && integer) {
            return "write an integer with `%d`, or cast it: `(double)$x`";
        }
        if (!wanted.equals("string") && value instanceof Double) {
            return "write a double with `%f`, or cast it: `(i32)$x`";
        }
        return "";
    }
}

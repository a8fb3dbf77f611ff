package dev.domin.plugins.log;

/** Finds the characters in bytes that may be UTF-8. */
final class Utf8 {

    /** The lowest character of each length; a lower one in as many bytes is malformed. */
    private static final int[] LOWEST = {0, 0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /** {@return the length of the character that begins at an index; 0 if none does} */
    static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || length > bytes.length - at) {
            return 0;
        }
        int character = first & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i];
            if ((next & 0xC0) != 0x80) {
                return 0;
            }
            character = character << 6 | (next & 0x3F);
        }
        boolean valid = character >= LOWEST[length]
                && character <= Character.MAX_CODE_POINT
                && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
        return valid ? length : 0;
    }
}

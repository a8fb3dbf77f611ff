package dev.domin.testkit;

/**
 * Some bytes of a payload.
 *
 * @param offset where they begin
 * @param length how many there are
 */
public record ByteRange(int offset, int length) {

    /** Checks the range. */
    public ByteRange {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("a range begins at 0 or later and has at least one byte, got offset "
                    + offset + ", length " + length);
        }
    }

    /**
     * Names a range; meant for static imports.
     *
     * @param offset where it begins
     * @param length how many bytes there are
     * @return the range
     */
    public static ByteRange bytes(int offset, int length) {
        return new ByteRange(offset, length);
    }

    boolean contains(int index) {
        return index >= offset && index - offset < length;
    }
}

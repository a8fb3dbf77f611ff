package dev.domin.plugins.bytes;

import dev.domin.spi.Blob;
import dev.domin.spi.ScriptContext;

/** Searches blobs with the fastest algorithm for the lengths of text and needle, which are mostly short. */
public final class ByteSearch {

    /** The longest needle that is compared at each index, without preparation. */
    private static final int SHORT_NEEDLE = 8;

    /** The largest product of the lengths of text and needle for which a longer needle is compared at each index. */
    private static final int SMALL_PRODUCT = 1 << 12;

    private ByteSearch() {}

    /**
     * Searches a blob.
     *
     * @param run the run, for cancelling
     * @param text the blob to search in
     * @param needle the bytes to search for; an empty needle is found at {@code from}
     * @param from the index to start at, at most the length of the text
     * @param anyCase whether a to z and A to Z are the same
     * @return the index of the first match, or -1
     */
    public static int find(ScriptContext run, Blob text, Blob needle, int from, boolean anyCase) {
        int rest = text.length() - from;
        if (needle.length() > rest) {
            return -1;
        }
        if (needle.length() == 0) {
            return from;
        }
        if (needle.length() <= SHORT_NEEDLE || (long) needle.length() * rest <= SMALL_PRODUCT) {
            return findShort(run, text, needle, from, anyCase);
        }
        return new BytePattern(run, needle.array(), needle.length(), anyCase).find(text.array(), from, text.length());
    }

    /**
     * Searches for a byte.
     *
     * @param run the run, for cancelling
     * @param bytes the array to search in
     * @param length the number of bytes
     * @param wanted the byte to search for
     * @return the index of the first match, or the length
     */
    public static int indexOf(ScriptContext run, byte[] bytes, int length, byte wanted) {
        for (int at = 0; at < length; ) {
            int end = Chunks.end(run, 0, at, length);
            for (; at < end; at++) {
                if (bytes[at] == wanted) {
                    return at;
                }
            }
        }
        return length;
    }

    private static int findShort(ScriptContext run, Blob text, Blob needle, int from, boolean anyCase) {
        byte[] bytes = text.array();
        byte[] wanted = needle.array();
        int length = needle.length();
        int starts = text.length() - length + 1;
        for (int start = from; start < starts; ) {
            int end = Chunks.end(run, from, start, starts);
            for (; start < end; start++) {
                int matched = 0;
                while (matched < length && Letters.agree(bytes[start + matched], wanted[matched], anyCase)) {
                    matched++;
                }
                if (matched == length) {
                    return start;
                }
            }
        }
        return -1;
    }
}

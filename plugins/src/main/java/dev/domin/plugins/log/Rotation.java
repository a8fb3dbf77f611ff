package dev.domin.plugins.log;

/**
 * When a file is set aside and another one begun, and how many are kept.
 *
 * @param maxBytes how long it may become; 0 for as long as it likes
 * @param intervalMillis how long a file's time is, counted from 1970; 0 for ever
 * @param keep how many files are kept beside the current one
 */
record Rotation(long maxBytes, long intervalMillis, int keep) {

    static final Rotation NONE = new Rotation(0, 0, 0);

    boolean isTooLong(long length, int more) {
        return maxBytes > 0 && length > 0 && length + more > maxBytes;
    }

    /** {@return whether two moments belong to different files} */
    boolean isOver(long then, long now) {
        return intervalMillis > 0 && Math.floorDiv(then, intervalMillis) != Math.floorDiv(now, intervalMillis);
    }
}

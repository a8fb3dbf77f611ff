package dev.domin.plugins.timer;

/** The bytes that a timer's callback gets, little-endian. */
final class TimerEvent {

    static final int LENGTH = 32;

    static final int TIMER_ID = 0;
    static final int SEQUENCE = 8;
    static final int PADDING = 12;
    static final int SCHEDULED_EPOCH_MS = 16;
    static final int ACTUAL_EPOCH_MS = 24;

    private TimerEvent() {}

    static void write(byte[] event, long timerId, int sequence, long scheduledEpochMs, long actualEpochMs) {
        put(event, TIMER_ID, 8, timerId);
        put(event, SEQUENCE, 4, sequence);
        put(event, PADDING, 4, 0);
        put(event, SCHEDULED_EPOCH_MS, 8, scheduledEpochMs);
        put(event, ACTUAL_EPOCH_MS, 8, actualEpochMs);
    }

    private static void put(byte[] event, int offset, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            event[offset + i] = (byte) (value >> 8 * i);
        }
    }
}

package dev.domin.testkit;

import java.time.Duration;
import java.util.Locale;

/** What happens to a packet. */
interface FaultAction {

    /**
     * Does it to a packet that is not lost.
     *
     * @param outcome what becomes of the packet
     * @param draws its random numbers
     * @param rule the choice of the packet in words
     */
    void apply(FaultOutcome outcome, Draws draws, String rule);

    /** Forgets earlier packets. */
    default void restart() {}

    /** Longer times would make sums of them overflow, and nobody waits for so long. */
    Duration MAX_TIME = Duration.ofDays(1);

    private static Duration upToADay(String name, Duration value) {
        if (value.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(name + " must be at most 24 hours, got " + Clock.text(value));
        }
        return notNegative(name, value);
    }

    private static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, got " + value);
        }
        return value;
    }

    /** Loses it. */
    record Drop() implements FaultAction {

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            outcome.lose("dropped by " + rule);
        }

        @Override
        public String toString() {
            return "drop";
        }
    }

    /** Delays it. */
    record Delay(Duration time, Duration jitter) implements FaultAction {

        public Delay {
            upToADay("a delay", time);
            upToADay("a jitter", jitter);
        }

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            long nanos = Clock.nanos(time) + (long) ((2 * draws.next() - 1) * Clock.nanos(jitter));
            if (nanos > 0) {
                outcome.delay(nanos, "delayed " + Clock.text(Duration.ofNanos(nanos)) + " by " + rule);
            }
        }

        @Override
        public String toString() {
            return "delay " + Clock.text(time) + (jitter.isZero() ? "" : "±" + Clock.text(jitter));
        }
    }

    /** Delivers it several times. */
    record Duplicate(int copies) implements FaultAction {

        private static final int MAX_COPIES = 100;

        public Duplicate {
            if (copies < 1 || copies > MAX_COPIES) {
                throw new IllegalArgumentException(
                        "duplicate takes 1 to " + MAX_COPIES + " further copies, got " + copies);
            }
        }

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            outcome.duplicate(copies, "duplicated by " + rule);
        }

        @Override
        public String toString() {
            return copies == 1 ? "duplicate" : "duplicate " + copies + " times";
        }
    }

    /** Delivers it after the packet that follows. */
    record Reorder(Duration hold) implements FaultAction {

        public Reorder {
            upToADay("the time to wait for the next packet", hold);
        }

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            outcome.hold(Math.max(1, Clock.nanos(hold)), "put behind the next packet by " + rule);
        }

        @Override
        public String toString() {
            return "reorder";
        }
    }

    /** Changes one byte of it. */
    record Corrupt() implements FaultAction {

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            if (outcome.length() > 0) {
                int index = draws.nextInt(outcome.length());
                int xor = 1 + draws.nextInt(255);
                int before = outcome.byteAt(index);
                outcome.change(
                        index,
                        xor,
                        String.format(
                                Locale.ROOT,
                                "byte %d changed from %02x to %02x by %s",
                                index,
                                before,
                                before ^ xor,
                                rule));
            }
        }

        @Override
        public String toString() {
            return "corrupt";
        }
    }

    /** Cuts it off. */
    record Truncate(int bytes) implements FaultAction {

        public Truncate {
            if (bytes < 0) {
                throw new IllegalArgumentException("truncate takes the number of bytes to keep, from 0, got " + bytes);
            }
        }

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            if (outcome.length() > bytes) {
                outcome.cut(bytes, "cut off after " + bytes + " bytes by " + rule);
            }
        }

        @Override
        public String toString() {
            return "truncate " + bytes;
        }
    }

    /** Sends packets one after the other over a line of limited speed. Used by one rule, under its lock. */
    final class LimitRate implements FaultAction {

        private final long bitsPerSecond;
        private final Duration maxQueue;
        private long freeAt; // when the line has sent all packets so far
        private boolean used;

        LimitRate(long bitsPerSecond, Duration maxQueue) {
            if (bitsPerSecond < 1) {
                throw new IllegalArgumentException("a rate is at least 1 bit per second, got " + bitsPerSecond);
            }
            this.bitsPerSecond = bitsPerSecond;
            this.maxQueue = notNegative("the length of the queue", maxQueue);
        }

        @Override
        public void apply(FaultOutcome outcome, Draws draws, String rule) {
            long now = System.nanoTime();
            long start = used && freeAt - now > 0 ? freeAt : now;
            if (start - now > Clock.nanos(maxQueue)) {
                outcome.lose("dropped: the queue of the line of " + bitsPerSecond + " bit/s is full");
                return;
            }
            used = true;
            freeAt = start + (long) (8e9 * outcome.length() / bitsPerSecond);
            outcome.delay(freeAt - now, "delayed " + Clock.text(Duration.ofNanos(freeAt - now)) + " by the line");
        }

        @Override
        public void restart() {
            used = false;
        }

        @Override
        public String toString() {
            return "limitRate " + bitsPerSecond + " bit/s";
        }
    }
}

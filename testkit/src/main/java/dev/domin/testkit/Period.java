package dev.domin.testkit;

import org.jspecify.annotations.Nullable;

/**
 * The time since a journal was last cleared, with its numbers. Packets of an earlier one are in no list any more, but
 * their fates may still be decided. Guarded by the journal's lock.
 */
final class Period {

    final long run; // equal for periods between which the server was not reset
    long received;
    long sent;
    long bytes;
    long forgotten;
    long unmatched;

    @Nullable
    Entry firstUnmatched; // also if it was forgotten

    Period(long run) {
        this.run = run;
    }
}

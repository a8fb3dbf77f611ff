package dev.domin.testkit;

import java.util.Arrays;

/** What happens to a packet of a journal in the course of time. Guarded by the journal's lock. */
final class Progress {

    private static final long[] NONE = {};

    /** Whether a test has met it. */
    enum Met {
        NOT_YET,
        SEEN,
        TAKEN
    }

    Met met = Met.NOT_YET;

    /** Its place in the journal; -1 where no journal has it. */
    long position = -1;

    /** When the engine took it up, on the clock of {@link System#nanoTime}; 0 before that. */
    long turnNanos;

    /** When its handler began; 0 before that. */
    long begunNanos;

    /** When its fate was decided; 0 before that. */
    long decidedNanos;

    private long[] answers = NONE; // what is in it never changes
    private int answerCount;

    /** Adds the position of an answer. */
    void addAnswer(long answer) {
        if (answerCount == answers.length) {
            answers = Arrays.copyOf(answers, Math.max(1, 2 * answerCount));
        }
        answers[answerCount++] = answer;
    }

    /** {@return the positions of the answers, and perhaps others behind them} */
    long[] answers() {
        return answers;
    }

    int answerCount() {
        return answerCount;
    }
}

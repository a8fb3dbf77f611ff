package dev.domin.udp;

/**
 * The time at which a packet's turn comes. The end of one packet is the start of the next one in the same batch, which
 * saves reading the clock, unless something else has taken time in between. Used by the receiver only.
 */
final class TurnClock {

    private final Machine machine;
    private long now;
    private boolean known;

    TurnClock(Machine machine) {
        this.machine = machine;
    }

    /** {@return the current time, or the end of the last packet} */
    long turn() {
        return known ? now : machine.nanoTime();
    }

    /** Records the end of a packet. */
    void done(long time) {
        now = time;
        known = true;
    }

    /** Forgets the end of the last packet, since something takes time that must not count for the next one. */
    void reset() {
        known = false;
    }
}

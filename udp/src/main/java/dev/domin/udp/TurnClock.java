package dev.domin.udp;

/**
 * When a packet's turn comes. The end of one packet is the beginning of the next one of the same batch, which spares a
 * look at the clock; unless something else has taken time between them. Belongs to the receiver.
 */
final class TurnClock {

    private long now;
    private boolean known;

    /** {@return the current time, or the end of the last packet} */
    long turn() {
        return known ? now : System.nanoTime();
    }

    /** A packet is done. */
    void done(long time) {
        now = time;
        known = true;
    }

    /** Time goes by that is not the next packet's. */
    void reset() {
        known = false;
    }
}

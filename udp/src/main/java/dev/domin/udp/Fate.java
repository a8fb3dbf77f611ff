package dev.domin.udp;

/** What became of a packet that was received. */
public enum Fate {
    /** Its handler returned in time, and left an answer. */
    HANDLED("handled"),
    /** Its handler returned in time, and left no answer. */
    SILENT("silent"),
    /** Dropped: its deadline passed before the handler was done with it. */
    LATE("late"),
    /** Dropped: the handler failed, or said so by {@link Datagram#drop}. */
    FAILED("failed"),
    /** Dropped: late packets held all buffers, or there was no memory for the packet. */
    NO_BUFFER("no buffer"),
    /** Dropped: the endpoint closed before the packet's turn came, or before its handler was done. */
    CLOSED("closed"),
    /** Dropped: its sender's address is forged: not on loopback, or the endpoint's own. */
    FORGED("forged");

    private final String label;

    Fate(String label) {
        this.label = label;
    }

    /** {@return the name to print, in lower case} */
    public String label() {
        return label;
    }

    /** {@return whether the packet counts as dropped; otherwise it counts as handled} */
    public boolean isDropped() {
        return this != HANDLED && this != SILENT;
    }
}

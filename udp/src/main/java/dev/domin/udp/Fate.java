package dev.domin.udp;

/** How the handling of a received packet ended. */
public enum Fate {
    /** Its handler returned in time, with an answer. */
    HANDLED("handled"),
    /** Its handler returned in time, without an answer. */
    SILENT("silent"),
    /** Dropped: its deadline passed before the handler returned. */
    LATE("late"),
    /** Dropped: the handler threw an exception or called {@link Datagram#drop}. */
    FAILED("failed"),
    /** Dropped: late packets held all buffers, or there was no memory for the packet. */
    NO_BUFFER("no buffer"),
    /** Dropped: the endpoint closed before the handler began, or before it returned. */
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

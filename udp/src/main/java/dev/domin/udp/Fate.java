package dev.domin.udp;

/** Why a packet counts as dropped. */
public enum Fate {
    /** Its deadline passed before the handler was done with it. */
    LATE("late"),
    /** The handler failed, or said so by {@link Datagram#drop}. */
    FAILED("failed"),
    /** Late packets held all buffers, or there was no memory for the packet. */
    NO_BUFFER("no buffer"),
    /** The endpoint closed before the packet's turn came, or before its handler was done. */
    CLOSED("closed"),
    /** Its sender's address is forged: not on loopback, or the endpoint's own. */
    FORGED("forged");

    private final String label;

    Fate(String label) {
        this.label = label;
    }

    /** {@return the name to print, in lower case} */
    public String label() {
        return label;
    }
}

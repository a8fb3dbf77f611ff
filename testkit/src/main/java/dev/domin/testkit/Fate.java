package dev.domin.testkit;

import java.util.Locale;

/**
 * What became of a packet. One that arrives has one of the first nine fates, one that is sent one of the last four.
 */
public enum Fate {
    /** Arrived and not decided yet: it waits, or its handler still runs. */
    PENDING,
    /** Handled in time, and answered. */
    HANDLED,
    /** Handled in time, without an answer. */
    SILENT,
    /** Dropped: its deadline passed before the handler returned. */
    LATE,
    /** Dropped: its handler failed. */
    FAILED,
    /** Dropped: late packets held all buffers, or there was no memory for it. */
    NO_BUFFER,
    /** Dropped: its sender's address was forged. */
    FORGED,
    /** Dropped, or not sent: the server closed first. */
    CLOSED,
    /** Lost by an injected fault; {@link Packet#reason} names it. */
    FAULT,
    /** Handed to the system for sending. */
    SENT,
    /** Not sent: the system refused it, or too much was to be sent later already; {@link Packet#reason} says why. */
    REFUSED;

    /** {@return the name to print, in lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Fate of(dev.domin.udp.Fate fate) {
        return switch (fate) {
            case HANDLED -> HANDLED;
            case SILENT -> SILENT;
            case LATE -> LATE;
            case FAILED -> FAILED;
            case NO_BUFFER -> NO_BUFFER;
            case CLOSED -> CLOSED;
            case FORGED -> FORGED;
        };
    }
}

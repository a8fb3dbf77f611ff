package dev.domin.inspector.packets;

/** A filter is wrong. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1;

    private final int place;

    FilterException(int place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    /** {@return the index of the first character that is wrong} */
    public int place() {
        return place;
    }
}

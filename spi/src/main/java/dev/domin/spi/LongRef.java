package dev.domin.spi;

/** The holder of an {@code i64} variable that is passed by reference. Belongs to the thread that runs the script. */
public final class LongRef {

    /** The variable's value. */
    public long value;

    /** Creates a holder of 0. */
    public LongRef() {}

    /**
     * Creates a holder.
     *
     * @param value the initial value
     */
    public LongRef(long value) {
        this.value = value;
    }
}

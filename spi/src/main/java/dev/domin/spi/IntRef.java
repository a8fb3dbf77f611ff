package dev.domin.spi;

/** The holder of an {@code i32} variable that is passed by reference. Belongs to the thread that runs the script. */
public final class IntRef {

    /** The variable's value. */
    public int value;

    /** Creates a holder of 0. */
    public IntRef() {}

    /**
     * Creates a holder.
     *
     * @param value the initial value
     */
    public IntRef(int value) {
        this.value = value;
    }
}

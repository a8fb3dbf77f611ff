package dev.domin.spi;

/** The holder of a {@code double} variable that is passed by reference. Belongs to the thread that runs the script. */
public final class DoubleRef {

    /** The variable's value. */
    public double value;

    /** Creates a holder of 0. */
    public DoubleRef() {}

    /**
     * Creates a holder.
     *
     * @param value the initial value
     */
    public DoubleRef(double value) {
        this.value = value;
    }
}

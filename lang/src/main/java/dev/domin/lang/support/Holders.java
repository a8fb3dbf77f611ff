package dev.domin.lang.support;

import dev.domin.spi.DoubleRef;
import dev.domin.spi.IntRef;
import dev.domin.spi.LongRef;
import dev.domin.spi.StringRef;

/** Creates the holders of variables to which there are references. Stateless. */
public final class Holders {

    private Holders() {}

    /**
     * Creates a holder.
     *
     * @param value its initial value
     * @return the holder
     */
    public static IntRef of(int value) {
        return new IntRef(value);
    }

    /**
     * Creates a holder.
     *
     * @param value its initial value
     * @return the holder
     */
    public static LongRef of(long value) {
        return new LongRef(value);
    }

    /**
     * Creates a holder.
     *
     * @param value its initial value
     * @return the holder
     */
    public static DoubleRef of(double value) {
        return new DoubleRef(value);
    }

    /**
     * Creates the holder of a string without a declared capacity.
     *
     * @param value its initial value
     * @return the holder
     */
    public static StringRef of(String value) {
        return new StringRef(value, StringRef.NO_CAPACITY);
    }

    /**
     * Creates the holder of a string with a declared capacity.
     *
     * @param capacity the capacity in bytes, from {@link Strings#capacity}
     * @param value its initial value
     * @return the holder
     */
    public static StringRef of(int capacity, String value) {
        return new StringRef(value, capacity);
    }
}

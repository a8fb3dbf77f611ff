package dev.domin.spi;

/**
 * The holder of a {@code string} variable that is passed by reference. Belongs to the thread that runs the script.
 *
 * <p>It knows the capacity that the variable was declared with, which {@code :=} never exceeds, and whether the last
 * {@code :=} had to cut.
 */
public final class StringRef {

    /** The capacity of a variable that was declared without one. */
    public static final int NO_CAPACITY = -1;

    private String value;
    private final int declaredCapacity;
    private int capacity;
    private boolean overflowed;

    /**
     * Creates a holder.
     *
     * @param value the first value, one char per byte
     * @param declaredCapacity the declared capacity in bytes, or {@link #NO_CAPACITY}
     */
    public StringRef(String value, int declaredCapacity) {
        this.value = value;
        this.declaredCapacity = declaredCapacity;
        this.capacity = Math.max(declaredCapacity, value.length());
    }

    /** {@return the value, one char per byte} */
    public String value() {
        return value;
    }

    /** {@return the bytes it can hold without growing: the declared capacity, or the longest value assigned so far} */
    public int capacity() {
        return capacity;
    }

    /** {@return whether the last {@code :=} had to cut; any other assignment clears it} */
    public boolean overflowed() {
        return overflowed;
    }

    /**
     * Assigns as {@code =} does: replaces the whole value, growing the capacity where needed.
     *
     * @param newValue the value
     */
    public void assign(String newValue) {
        value = newValue;
        capacity = Math.max(capacity, newValue.length());
        overflowed = false;
    }

    /**
     * Assigns as {@code :=} does: never beyond the declared capacity, keeping the tail of a longer old value.
     *
     * @param source the value to fill in
     */
    public void fill(String source) {
        if (declaredCapacity == NO_CAPACITY) {
            throw new ScriptError(
                    "`:=` fills a string up to its declared capacity, and this one was declared without",
                    "declare it with one, as in `string $name[64];`, or assign with `=`");
        }
        value = ByteStrings.fill(value, source, declaredCapacity);
        overflowed = source.length() > declaredCapacity;
    }
}

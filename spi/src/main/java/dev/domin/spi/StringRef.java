package dev.domin.spi;

/**
 * The holder of a {@code string} variable that is passed by reference. Belongs to the thread that runs the script.
 *
 * <p>A value that grows by {@link #append} is made into a {@code String} only when somebody asks for it, so that building a
 * long one piece by piece copies each piece once.
 *
 * <p>It knows the capacity that the variable was declared with, which {@code :=} never exceeds, and whether the last
 * {@code :=} had to cut.
 */
public final class StringRef {

    /** The capacity of a variable that was declared without one. */
    public static final int NO_CAPACITY = -1;

    private static final int SPARE = 32;

    private String value; // null while only `gathered` has it
    private StringBuilder gathered; // null since the last assignment that was no append
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
        String known = value;
        if (known == null) {
            known = gathered.toString();
            value = known;
        }
        return known;
    }

    /** {@return the value's length in bytes} */
    public int length() {
        return value == null ? gathered.length() : value.length();
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
        gathered = null;
        capacity = Math.max(capacity, newValue.length());
        overflowed = false;
    }

    /**
     * Assigns the value joined with more, as {@code =} does.
     *
     * @param more what to put at the value's end; the caller sees to it that the whole is not longer than a string can be
     */
    public void append(String more) {
        var all = gathered;
        if (all == null) {
            all = new StringBuilder(value.length() + more.length() + SPARE).append(value);
            gathered = all;
        }
        all.append(more);
        value = null;
        capacity = Math.max(capacity, all.length());
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
        value = ByteStrings.fill(value(), source, declaredCapacity);
        gathered = null;
        overflowed = source.length() > declaredCapacity;
    }
}

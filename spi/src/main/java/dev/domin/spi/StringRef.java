package dev.domin.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The holder of a {@code string} variable that is passed by reference. Belongs to the thread that runs the script.
 *
 * <p>A value that grows by {@link #append} becomes a {@code String} only when it is read, so that building a long value
 * piece by piece copies each piece once.
 *
 * <p>It knows the capacity that the variable was declared with, which {@code :=} never exceeds, and whether the last
 * {@code :=} had to cut.
 */
public final class StringRef {

    /** The capacity of a variable that was declared without one. */
    public static final int NO_CAPACITY = -1;

    private static final int SPARE = 32;

    private @Nullable String value; // null while only `appended` holds it
    private @Nullable StringBuilder appended; // null since the last assignment that was no append
    private final int declaredCapacity;
    private int capacity;
    private boolean overflowed;

    /**
     * Creates a holder.
     *
     * @param value the initial value, one char per byte
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
            known = Objects.requireNonNull(appended).toString();
            value = known;
        }
        return known;
    }

    /** {@return the value's length in bytes} */
    public int length() {
        return value == null ? Objects.requireNonNull(appended).length() : value.length();
    }

    /** {@return the capacity in bytes: the declared one, or the length of the longest value so far} */
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
     * @throws ScriptError if it is longer than the run's limit for a value
     */
    public void assign(String newValue) {
        ByteStrings.checkLength(newValue.length());
        value = newValue;
        appended = null;
        capacity = Math.max(capacity, newValue.length());
        overflowed = false;
    }

    /**
     * Appends to the value, as assigning the joined value by {@code =} does.
     *
     * @param more the text to append; the caller checks that the result is not too long for a string
     */
    public void append(String more) {
        var all = appended;
        if (all == null) {
            String known = value();
            all = new StringBuilder(known.length() + more.length() + SPARE).append(known);
            appended = all;
        }
        all.append(more);
        value = null;
        capacity = Math.max(capacity, all.length());
        overflowed = false;
    }

    /**
     * Assigns as {@code :=} does: never beyond the declared capacity, keeping the end of a longer old value.
     *
     * @param source the value to copy
     */
    public void fill(String source) {
        if (declaredCapacity == NO_CAPACITY) {
            throw new ScriptError(
                    "`:=` fills a string up to its declared capacity, and this one was declared without one",
                    "declare it with a capacity, as in `string $name[64];`, or assign with `=`");
        }
        value = ByteStrings.fill(value(), source, declaredCapacity);
        appended = null;
        overflowed = source.length() > declaredCapacity;
    }
}

package dev.domin.lang.bind;

import dev.domin.lang.source.Span;

/** A variable or parameter of a function. Compared by identity. */
public final class Local {

    private final String name;
    private final Span span;
    private final Type type;
    private final boolean reference;
    private boolean held;

    // What only the binder asks: the place in its tables, the depth of the block, and what has been said already.
    int index;
    int depth;
    boolean declaredByAmpersand;
    boolean hasCapacity;
    boolean reportedUnassigned;
    boolean reportedOverlay;

    Local(String name, Span span, Type type, boolean reference) {
        this.name = name;
        this.span = span;
        this.type = type;
        this.reference = reference;
    }

    /** {@return its name, without the {@code $}} */
    public String name() {
        return name;
    }

    /** {@return where it was declared} */
    public Span span() {
        return span;
    }

    /** {@return its type} */
    public Type type() {
        return type;
    }

    /** {@return whether it stands for a variable declared elsewhere: a {@code ref} parameter or a local reference} */
    public boolean isReference() {
        return reference;
    }

    /**
     * {@return whether its value lives in a holder ({@code IntRef}, {@code LongRef}, {@code DoubleRef}, {@code StringRef}):
     * it is a reference, or a reference takes it somewhere. A blob is its own holder, so this is false for blobs. Final only
     * when the whole function has been bound.}
     */
    public boolean isHeld() {
        return type != Type.BLOB && (reference || held);
    }

    /** Notes that a reference takes it. */
    void hold() {
        held = true;
    }
}

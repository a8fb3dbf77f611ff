package dev.domin.lang.bind;

import dev.domin.lang.source.Span;

/** A variable or parameter of a function. Compared by identity. */
public final class Local {

    /** Why its value is kept in a holder. */
    private enum Holding {
        NONE,
        /** A loop appends to it. */
        PIECES,
        /** A reference to it is created; there may be a loop as well. */
        REFERENCE
    }

    private final String name;
    private final Span span;
    private final Type type;
    private final boolean reference;
    private Holding holding = Holding.NONE;
    private boolean read;

    // For the binder only: the index in its tables, and how many loops enclose the declaration.
    int index;
    int loops;
    boolean declaredByAmpersand;
    boolean hasCapacity;

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

    /** {@return its name as the script writes it} */
    public String shownName() {
        return declaredByAmpersand ? name : "$" + name;
    }

    /** {@return where it was declared} */
    public Span span() {
        return span;
    }

    /** {@return its type} */
    public Type type() {
        return type;
    }

    /** {@return whether it refers to a variable declared elsewhere: a {@code ref} parameter or a local reference} */
    public boolean isReference() {
        return reference;
    }

    /**
     * {@return whether its value is kept in a holder ({@code IntRef}, {@code LongRef}, {@code DoubleRef}, {@code
     * StringRef}): it is a reference, or a reference to it is created, or it is a string to which a loop appends. A
     * blob needs no holder, so this is false for blobs. Final only when the whole function has been bound.}
     */
    public boolean isHeld() {
        return type != Type.BLOB && (reference || holding != Holding.NONE);
    }

    /** {@return whether there may be a reference to it. Final only when the whole function has been bound.} */
    public boolean isShared() {
        return reference || holding == Holding.REFERENCE;
    }

    /** Notes that it is a string to which a loop appends; see {@link Appending}. */
    void collectPieces() {
        if (holding == Holding.NONE) {
            holding = Holding.PIECES;
        }
    }

    /**
     * {@return whether the script names it other than as a variable to assign to; for a reference, whether it is named
     * at all}
     */
    public boolean isRead() {
        return read;
    }

    /** Notes that its value is read, or that what it refers to may be changed. */
    void noteRead() {
        read = true;
    }

    /** Notes that a reference to it is created. */
    void hold() {
        holding = Holding.REFERENCE;
    }
}

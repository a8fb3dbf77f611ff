package dev.domin.spi.descriptor;

import dev.domin.spi.Blob;

/** The kinds of values that are passed between a script and a plugin. */
public enum Kind {
    /** No result. */
    VOID("void", "V"),
    /** A Java {@code int}; a script's {@code i64} argument is checked for its range at the call. */
    INT("int", "I"),
    /** A Java {@code long}. */
    LONG("int", "J"),
    /** A Java {@code double}. */
    DOUBLE("double", "D"),
    /** A Java {@code String} of one char per byte. */
    STRING("string", "Ljava/lang/String;"),
    /** A {@link Blob}, passed without a copy. */
    BLOB("blob", "Ldev/domin/spi/Blob;"),
    /** The caller's {@code i32} variable. */
    INT_REF("ref i32", "Ldev/domin/spi/IntRef;"),
    /** The caller's {@code i64} variable. */
    LONG_REF("ref i64", "Ldev/domin/spi/LongRef;"),
    /** The caller's {@code double} variable. */
    DOUBLE_REF("ref double", "Ldev/domin/spi/DoubleRef;"),
    /** The caller's {@code string} variable. */
    STRING_REF("ref string", "Ldev/domin/spi/StringRef;"),
    /** Any further arguments, as an {@code Object[]}; only the last parameter. */
    VARIADIC("...", "[Ljava/lang/Object;");

    private final String shortName;
    private final String descriptor;

    Kind(String shortName, String descriptor) {
        this.shortName = shortName;
        this.descriptor = descriptor;
    }

    /**
     * {@return the kind's name for arguments in messages and documentation: {@code int (i32 or i64)}, {@code double},
     * {@code ref i32}}
     */
    public String scriptName() {
        return isInteger() ? "int (i32 or i64)" : shortName;
    }

    /** {@return the kind's name in signatures, where {@code int} stands for {@code i32} or {@code i64}} */
    public String shortName() {
        return shortName;
    }

    /** {@return the kind's name for results: {@code i64} for every integer} */
    public String resultName() {
        return isInteger() ? "i64" : shortName;
    }

    /** {@return whether it is an integer passed by value} */
    public boolean isInteger() {
        return this == INT || this == LONG;
    }

    /** {@return the JVM field descriptor of the Java type} */
    public String descriptor() {
        return descriptor;
    }

    /** {@return whether an argument of this kind must be a variable, because its holder is passed} */
    public boolean isReference() {
        return this == INT_REF || this == LONG_REF || this == DOUBLE_REF || this == STRING_REF;
    }
}

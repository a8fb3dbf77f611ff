package dev.domin.lang.bind;

/** The types of the language. */
public enum Type {
    VOID("void"),
    I32("i32"),
    I64("i64"),
    DOUBLE("double"),
    STRING("string"),
    BLOB("blob"),
    /** The type of a mistake. It is accepted everywhere, so that one mistake causes one message. */
    ERROR("?");

    private final String scriptName;

    Type(String scriptName) {
        this.scriptName = scriptName;
    }

    /** {@return its name in scripts} */
    public String scriptName() {
        return scriptName;
    }

    /** {@return whether it is a whole number} */
    public boolean isInteger() {
        return this == I32 || this == I64;
    }

    /** {@return whether it is a number} */
    public boolean isNumeric() {
        return isInteger() || this == DOUBLE;
    }

    @Override
    public String toString() {
        return scriptName;
    }
}

package dev.domin.testkit;

/** Which way a packet went, as the server sees it. */
public enum Direction {
    /** From a client to the server. */
    IN,
    /** From the server to a client. */
    OUT;

    /** {@return the name to print, in lower case} */
    public String label() {
        return this == IN ? "in" : "out";
    }
}

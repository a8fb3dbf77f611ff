package dev.domin.conformance.fuzz;

import java.io.IOException;
import java.util.List;

/** A part of domin that takes any bytes. */
public interface FuzzTarget extends AutoCloseable {

    /**
     * Passes the bytes to that part.
     *
     * @param data any bytes
     * @throws Throwable if the part does anything with them that it must not do
     */
    void run(byte[] data) throws Throwable;

    /**
     * {@return inputs that are worth changing}
     *
     * @throws IOException if they cannot be read
     */
    List<byte[]> seeds() throws IOException;

    /** {@return pieces of inputs, to be inserted} */
    default List<String> dictionary() {
        return List.of();
    }

    /** {@return how many changed seeds are tried by default in the build, so that it takes about two seconds} */
    int rounds();

    /** Closes what it has opened. */
    @Override
    default void close() {}
}

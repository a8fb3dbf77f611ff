package dev.domin.fuzz;

import dev.domin.conformance.fuzz.FuzzTarget;
import dev.domin.conformance.fuzz.FuzzTargets;

/** What Jazzer calls, in a JVM of its own: {@code -Dfuzz.target} is the name of the target. */
public final class Entry {

    private static final FuzzTarget TARGET =
            FuzzTargets.valueOf(System.getProperty("fuzz.target")).make();

    private Entry() {}

    /**
     * Runs the target.
     *
     * @param data the bytes
     * @throws Throwable if it fails
     */
    public static void fuzzerTestOneInput(byte[] data) throws Throwable {
        TARGET.run(data);
    }
}

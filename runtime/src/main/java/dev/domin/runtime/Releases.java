package dev.domin.runtime;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** The releases that plugins have registered during one run of a callback. Belongs to the thread that runs it. */
final class Releases {

    private final LinkedHashSet<Runnable> releases = new LinkedHashSet<>();

    void add(Runnable release) {
        releases.add(release);
    }

    void remove(Runnable release) {
        releases.remove(release);
    }

    /**
     * Runs them all, the last one first.
     *
     * @return the first thing that one of them threw, or null
     */
    @Nullable
    Throwable run() {
        @Nullable Throwable first = null;
        for (var release : releases.reversed()) {
            try {
                release.run();
            } catch (Throwable thrown) { // a plugin's mistake, and the others still have to run
                first = first == null ? thrown : first;
            }
        }
        return first;
    }
}

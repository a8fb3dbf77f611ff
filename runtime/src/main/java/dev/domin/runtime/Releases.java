package dev.domin.runtime;

import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The release actions that plugins have registered during one run of a callback. Used only by the thread that runs it.
 */
final class Releases {

    private final LinkedHashSet<Runnable> releases = new LinkedHashSet<>();

    void add(Runnable release) {
        releases.add(release);
    }

    void remove(Runnable release) {
        releases.remove(release);
    }

    /**
     * Runs all actions in reverse order of registration.
     *
     * @return the first exception thrown, or null
     */
    @Nullable
    Throwable run() {
        @Nullable Throwable first = null;
        for (var release : releases.reversed()) {
            try {
                release.run();
            } catch (Throwable thrown) { // a mistake of the plugin; the others still have to run
                first = first == null ? thrown : first;
            }
        }
        return first;
    }
}

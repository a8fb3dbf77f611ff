package dev.domin.udp;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports what a handler threw and what the socket refused. What the listener throws itself is ignored. */
final class Errors {

    private final @Nullable Consumer<? super Throwable> listener; // null: the system's logger

    Errors(@Nullable Consumer<? super Throwable> listener) {
        this.listener = listener;
    }

    void report(Throwable problem) {
        try {
            if (listener != null) {
                listener.accept(problem);
            } else {
                Log.LOGGER.log(System.Logger.Level.WARNING, "a UDP endpoint goes on after an error", problem);
            }
        } catch (Throwable e) {
            // An error about an error: the loop must outlive it, and there is nobody left to report it to.
        }
    }

    /** Loads a logger when the first error comes, not before. */
    private static final class Log {
        static final System.Logger LOGGER = System.getLogger("dev.domin.udp");

        private Log() {}
    }
}

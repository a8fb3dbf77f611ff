package dev.domin.spi;

/** The limits of one run of a callback, and where it came from. */
public interface Turn {

    /** What {@link #deadlineNanos} answers where there is no deadline. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, from which the run is late: before the callback has begun
     * it is not called, afterwards it gives way to runs that are in time; or {@link #NO_DEADLINE}}
     */
    long deadlineNanos();

    /**
     * Called with the script lock held, just before the callback starts.
     *
     * @return whether to call it; {@code false} where it is too late
     */
    boolean begin();

    /**
     * Called when the callback is about to wait, in its thread and without the script lock: whatever the plugin has put off
     * until the callback has returned may have to be done now. It must not wait itself.
     */
    default void blocking() {}

    /** {@return who caused the run, for messages, such as {@code packet from 127.0.0.1:40000}} */
    String origin();
}

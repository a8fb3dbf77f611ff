package dev.domin.spi;

/** The limits of one run of a callback, and its cause. */
public interface Turn {

    /** The result of {@link #deadlineNanos} if there is no deadline. */
    long NO_DEADLINE = Long.MAX_VALUE;

    /**
     * {@return the moment, on the clock of {@link System#nanoTime}, of the deadline, or {@link #NO_DEADLINE}. After it,
     * a callback that has not started is not called, and one that runs yields to those in time}
     */
    long deadlineNanos();

    /**
     * Called with the script lock held, just before the callback starts.
     *
     * @return whether to call it; {@code false} if it is too late
     */
    boolean begin();

    /**
     * Called when the callback is about to wait, in its thread and without the script lock, so that the plugin can do
     * now what it has postponed until the callback returns. This method must not wait.
     */
    default void blocking() {}

    /** {@return the cause of the run, for messages, such as {@code packet from 127.0.0.1:40000}} */
    String origin();
}

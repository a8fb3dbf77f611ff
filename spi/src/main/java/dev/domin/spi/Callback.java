package dev.domin.spi;

/** A callback of the script, which a plugin can call from its own threads. */
public interface Callback {

    /** {@return the callback's name} */
    String name();

    /**
     * Makes a call that can be run again and again, one run at a time, without allocating anything per run.
     *
     * @return a new call
     */
    CallbackCall newCall();
}

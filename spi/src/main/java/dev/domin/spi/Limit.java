package dev.domin.spi;

import dev.domin.spi.engine.ValueLimit;
import java.util.Locale;

/**
 * What a host limits, so that a script cannot use up its memory or disk. {@link Limits} holds the numbers for a run.
 */
public enum Limit {

    /** The bytes of one string or blob. */
    VALUE("bytes of a string or blob", ValueLimit.STANDARD, ValueLimit.ALWAYS, Blob.MAXIMUM_LENGTH),

    /** The keys of all maps of the plugin {@code map} together, and the values of one JSON text, array or object. */
    ENTRIES("keys in all maps; values in a JSON text, array or object", 1_000_000, 0, Integer.MAX_VALUE),

    /** What a plugin keeps until the script frees it: JSON handles, maps, and the like, each plugin by itself. */
    HANDLES("JSON handles that are not freed; maps", 1_000_000, 0, Integer.MAX_VALUE),

    /** The timers that are set, and the delayed packets that wait. */
    TIMERS("timers that are set; delayed packets that wait", 65_536, 0, Integer.MAX_VALUE),

    /** The servers, clients and the like that are open. */
    OPEN("servers and clients that are open", 1_000, 0, Integer.MAX_VALUE),

    /** The bytes that the script writes to the standard output of its run, and as many to the standard error. */
    OUTPUT("bytes of output, and of messages of log", Long.MAX_VALUE, 0, Long.MAX_VALUE),

    /** The characters of a script. */
    SOURCE("characters of a script", Limits.STANDARD_SOURCE, 0, 64L << 20),

    /** The milliseconds that compiling a script may take. */
    COMPILE("milliseconds to compile a script", Limits.STANDARD_COMPILE, 1, Integer.MAX_VALUE);

    private final String text;
    private final long standard;
    private final long lowest;
    private final long highest;

    Limit(String text, long standard, long lowest, long highest) {
        this.text = text;
        this.standard = standard;
        this.lowest = lowest;
        this.highest = highest;
    }

    /** {@return its name in {@code --limit NAME=N}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what it counts, in a few words} */
    public String text() {
        return text;
    }

    /** {@return the limit of a run whose host sets none; {@link Limits#NONE} if there is none} */
    public long standard() {
        return standard;
    }

    /** {@return the lowest number to which it can be set} */
    public long lowest() {
        return lowest;
    }

    /** {@return the highest number to which it can be set, if it is set} */
    public long highest() {
        return highest;
    }

    /** {@return whether it counts bytes or characters, of which there are many} */
    public boolean isBytes() {
        return this == VALUE || this == OUTPUT || this == SOURCE;
    }

    /**
     * Creates the error for a script that would exceed it.
     *
     * @param message a sentence that says what would be exceeded, and the limit
     * @param remedy what the script can do, such as {@code cancel some}
     * @return the error, whose help also says how to set a higher limit
     */
    public ScriptError exceeded(String message, String remedy) {
        return new ScriptError(
                message, remedy + ", or set a higher limit: domin --limit " + word() + "=N, in Java RunOptions.limits");
    }
}

package dev.domin.plugins.log;

/**
 * Where messages go. Written with the script lock held, and closed without it at the end of the run; a callback that
 * still runs then may write once more.
 */
interface Sink {

    /**
     * Writes a message in one piece.
     *
     * @param message the message
     * @param json whether the line is to be JSON
     * @throws dev.domin.spi.ScriptError if it cannot be written
     */
    void write(Message message, boolean json);

    /** {@return what it was set by, as in {@code file app.log}: the same sink is not set twice} */
    String key();

    /** Closes it. What is written afterwards is written all the same. */
    void close();
}

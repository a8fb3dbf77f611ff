package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.lang.source.MessageText;
import dev.domin.runtime.ReaderGoneException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Where a command prints, and how it learns that it is to end.
 *
 * @param out the standard output
 * @param err the standard error
 * @param ownsProcess whether Ctrl-C and SIGTERM end the command
 * @param onReaderGone takes what to do when the reader of the output has ended
 * @param abandonStuck abandons writes that have made no progress since its last call
 */
public record Terminal(
        OutputStream out,
        PrintStream err,
        boolean ownsProcess,
        Consumer<Runnable> onReaderGone,
        Runnable abandonStuck) {

    /** Prints lines to the standard output. May be called from any thread. */
    void print(String lines) {
        try {
            out.write((lines + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (ReaderGoneException _) {
            // It decides the exit status, and ends a server; see onReaderGone.
        } catch (IOException e) {
            say("cannot write to the standard output: " + FileErrors.reason(e));
        }
    }

    /** Prints a sentence to the standard error. May be called from any thread. */
    void say(String sentence) {
        err.println("domin: " + MessageText.escape(sentence));
    }
}

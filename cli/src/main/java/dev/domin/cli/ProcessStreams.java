package dev.domin.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The standard output and standard error of a process that the command owns, and their effect on its exit status. */
final class ProcessStreams {

    /** Kept open as long as the process lives. */
    private static final List<FileInputStream> REPLACEMENTS = new ArrayList<>();

    private final StandardStream out = StandardStream.output();
    private final StandardStream error = StandardStream.error();
    private final PrintStream err = new PrintStream(error, true, System.err.charset());

    /**
     * Opens {@code /dev/null} for each closed standard descriptor. Otherwise the next file or socket would get its
     * number, and with it the output. The launcher does the same before it starts java.
     */
    static void replaceClosedDescriptors() {
        try {
            for (int number = 0; number <= 2; number++) {
                if (Files.notExists(Path.of("/dev/fd/" + number))) {
                    REPLACEMENTS.add(
                            new FileInputStream("/dev/null")); // gets the lowest free number; writing to it fails
                }
            }
        } catch (IOException _) { // a system without such names
            REPLACEMENTS.clear();
        }
    }

    StandardStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /**
     * Sets the action for when the reader of one of the streams has ended. From then on nothing is written to the
     * standard error.
     */
    void onReaderGone(Runnable action) {
        Runnable end = () -> {
            error.silence();
            action.run();
        };
        out.onReaderGone(end);
        error.onReaderGone(end);
    }

    /** Abandons writes that are blocked by a reader that has read nothing since the last call. */
    void abandonStuck() {
        try {
            out.abandonIfStuck();
            error.abandonIfStuck();
        } catch (IOException e) {
            throw new UncheckedIOException("closing a channel whose stream ignores close() cannot fail", e);
        }
    }

    /**
     * {@return the status to exit with}
     *
     * @param status the status of the executed command
     */
    int exitStatus(int status) {
        if (out.isReaderGone() || error.isReaderGone()) {
            return ExitCode.READER_GONE.code();
        }
        boolean lost = out.hasFailed() || error.hasFailed();
        return lost && status == ExitCode.OK.code() ? ExitCode.SCRIPT_FAILED.code() : status;
    }
}

package dev.domin.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process that the command owns writes to, and what that means for its exit status. */
final class ProcessStreams {

    /** What is open for as long as the process lives. */
    private static final List<FileInputStream> TAKEN = new ArrayList<>();

    private final StandardStream out = StandardStream.output();
    private final StandardStream error = StandardStream.error();
    private final PrintStream err = new PrintStream(error, true, System.err.charset());

    /**
     * A standard descriptor that is closed would be given to the next file or socket, which would then get what is
     * written. The launcher sees to that before it starts java.
     */
    static void takeClosedDescriptors() {
        try {
            for (int number = 0; number <= 2; number++) {
                if (Files.notExists(Path.of("/dev/fd/" + number))) {
                    TAKEN.add(new FileInputStream(
                            "/dev/null")); // it gets the lowest free number, and cannot be written to
                }
            }
        } catch (IOException _) { // a system that has no such names
            TAKEN.clear();
        }
    }

    StandardStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /**
     * Says what to do once the reader of one of them has gone; from then on nothing more is written to the standard
     * error.
     */
    void onReaderGone(Runnable action) {
        Runnable end = () -> {
            error.silence();
            action.run();
        };
        out.onReaderGone(end);
        error.onReaderGone(end);
    }

    /** Gives up what waits for a reader that has not read on since the last call. */
    void abandonStuck() {
        try {
            out.abandonIfStuck();
            error.abandonIfStuck();
        } catch (IOException e) {
            throw new UncheckedIOException("a channel whose stream does not close anything cannot fail to", e);
        }
    }

    /**
     * {@return the status to exit with}
     *
     * @param status the status of what the command has done
     */
    int exitStatus(int status) {
        if (out.isReaderGone() || error.isReaderGone()) {
            return ExitCode.READER_GONE.code();
        }
        boolean lost = out.hasFailed() || error.hasFailed();
        return lost && status == ExitCode.OK.code() ? ExitCode.SCRIPT_FAILED.code() : status;
    }
}

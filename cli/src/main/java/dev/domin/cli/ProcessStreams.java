package dev.domin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** What a process that the command owns writes to, and what that means for its exit status. */
final class ProcessStreams {

    private final StandardStream out = StandardStream.output();
    private final StandardStream error = StandardStream.error();
    private final PrintStream err = new PrintStream(error, true, System.err.charset());

    StandardStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Says what to do once the reader of one of them has gone; from then on nothing more is written to the standard error. */
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

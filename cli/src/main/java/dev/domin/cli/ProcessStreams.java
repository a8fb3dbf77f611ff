package dev.domin.cli;

import java.io.PrintStream;

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

package dev.domin.cli;

import dev.domin.runtime.ScriptRun;

/** The exit status of the command, if it is not the result of the script's {@code main}. */
public enum ExitCode {
    /** The command succeeded. */
    OK(0),
    /** The script failed while it ran, in {@code main} or in a callback. */
    SCRIPT_FAILED(ScriptRun.FAILED),
    /** The command was used wrongly: an unknown option, a file that cannot be read. */
    USAGE(2),
    /** The script has errors and was not started. */
    REFUSED(3),
    /** Ctrl-C. Set by the JVM. */
    INTERRUPTED(ScriptRun.CANCELLED),
    /**
     * The reader of the standard output or the standard error has ended. The same status as a shell reports for
     * SIGPIPE.
     */
    READER_GONE(141),
    /** SIGTERM. Set by the JVM. */
    TERMINATED(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** {@return the process's exit status} */
    public int code() {
        return code;
    }
}

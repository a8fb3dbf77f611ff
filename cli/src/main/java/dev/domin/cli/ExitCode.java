package dev.domin.cli;

import dev.domin.runtime.ScriptRun;

/** The exit status of the command, if it is not the result of the script's {@code main}. */
public enum ExitCode {
    /** The command succeeded. */
    OK(0, "The command succeeded."),
    /** The script, or a command for packets, failed while it ran. */
    SCRIPT_FAILED(
            ScriptRun.FAILED,
            "The script failed while it ran, in main or in a callback; or an answer to send or replay is missing or"
                    + " different, a port cannot be opened, or a file could not be written."),
    /** The command was used wrongly: an unknown option, a file that cannot be read. */
    USAGE(2, "The command was used wrongly: an unknown option, a file that cannot be read."),
    /** The script has errors and was not started. */
    REFUSED(3, "The script has errors and was not started, or check --strict found warnings."),
    /** Ctrl-C. Set by the JVM. */
    INTERRUPTED(ScriptRun.CANCELLED, "Ctrl-C ended the script or the server."),
    /**
     * The reader of the standard output or the standard error has ended. The same status as a shell reports for
     * SIGPIPE.
     */
    READER_GONE(141, "The reader of the output has ended."),
    /** SIGTERM. Set by the JVM. */
    TERMINATED(143, "SIGTERM ended the script or the server.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** {@return what it means, in a sentence} */
    public String meaning() {
        return meaning;
    }

    /** {@return the process's exit status} */
    public int code() {
        return code;
    }
}

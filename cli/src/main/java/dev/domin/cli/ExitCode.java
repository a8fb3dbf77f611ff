package dev.domin.cli;

import dev.domin.runtime.ScriptRun;

/** How the command ends, where it is not {@code main} of the script that says it. */
public enum ExitCode {
    /** Everything that was asked for has been done. */
    OK(0),
    /** The script failed while it ran, in {@code main} or in a callback. */
    SCRIPT_FAILED(ScriptRun.FAILED),
    /** The command was used wrongly: an unknown option, a file that cannot be read. */
    USAGE(2),
    /** The script was refused before its start. */
    REFUSED(3),
    /** Ctrl-C. The JVM sets it by itself. */
    INTERRUPTED(ScriptRun.CANCELLED),
    /** Nobody reads the standard output or the standard error any more: what a shell reports for SIGPIPE. */
    READER_GONE(141),
    /** SIGTERM. The JVM sets it by itself. */
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

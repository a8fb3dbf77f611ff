package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The main class of the command. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args the arguments of {@code domin}
     */
    public static void main(String[] args) {
        var streams = new ProcessStreams();
        boolean colour = Boolean.getBoolean("domin.colour"); // only the launcher knows whether stderr is a terminal
        boolean launched = Boolean.getBoolean("domin.alone"); // by domin's launcher, which adds no agents or options
        if (launched) {
            StartupProperties.set();
            reportUnusableCache();
        } else {
            ProcessStreams.replaceClosedDescriptors();
        }
        var cli = new Cli(streams, colour);
        int status;
        try {
            status = cli.run(args);
        } catch (RuntimeException | Error bug) {
            streams.err().println("domin: internal error in domin; please report it with the lines below");
            printTrace(bug, streams.err());
            status = ExitCode.SCRIPT_FAILED.code();
        }
        status = streams.exitStatus(status);
        if (status == ExitCode.OK.code() && launched && cli.isAlone()) {
            // System.exit first looks for a logger in every jar, which takes longer than a short script. Returning ends
            // the JVM without that: only domin's own plugins have run, so only daemon threads are left.
            return;
        }
        System.exit(status);
    }

    /** Prints a stack trace, with its messages escaped. */
    private static void printTrace(Throwable bug, PrintStream err) {
        var trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace));
        for (String line : trace.toString().split("\n")) {
            err.println(MessageText.escape(line.replace("\t", "    ").stripTrailing()));
        }
    }

    /**
     * Reports a start-up cache that the JVM could not use, without which it continues. The launcher checks the cache if
     * its state file is empty.
     */
    private static void reportUnusableCache() {
        String state = System.getProperty("domin.state"); // set if the launcher passed a cache
        if (state != null && !System.getProperty("java.vm.info", "").contains("sharing")) {
            try {
                new FileOutputStream(state).close();
            } catch (IOException _) { // the file belongs to another user, whose next start does this
            }
        }
    }
}

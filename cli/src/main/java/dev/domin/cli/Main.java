package dev.domin.cli;

import dev.domin.lang.source.MessageText;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The doorbell. */
public final class Main {

    private Main() {}

    /**
     * Runs the command and ends the process.
     *
     * @param args what was typed behind {@code domin}
     */
    public static void main(String[] args) {
        var streams = new ProcessStreams();
        boolean colour = Boolean.getBoolean("domin.colour"); // only the launcher knows whether stderr is a terminal
        boolean launched = Boolean.getBoolean("domin.alone"); // by our launcher, which added nothing to the JVM
        if (launched) {
            Shortcuts.take();
            reportUnusableCache();
        } else {
            ProcessStreams.takeClosedDescriptors();
        }
        var cli = new Cli(streams, colour);
        int status;
        try {
            status = cli.run(args);
        } catch (RuntimeException | Error bug) {
            streams.err().println("domin: this is a fault of domin itself; please report it with the lines below");
            printTrace(bug, streams.err());
            status = ExitCode.SCRIPT_FAILED.code();
        }
        status = streams.exitStatus(status);
        if (status == ExitCode.OK.code() && launched && cli.isAlone()) {
            // System.exit looks for a logger first, in every jar there is, which takes longer than a short script.
            // Returning
            // ends the JVM the same way without that; no plugin but ours has run, so only daemon threads are left.
            return;
        }
        System.exit(status);
    }

    /** Prints a stack trace, of which the messages may quote anything. */
    private static void printTrace(Throwable bug, PrintStream err) {
        var trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace));
        for (String line : trace.toString().split("\n")) {
            err.println(MessageText.escape(line.replace("\t", "    ").stripTrailing()));
        }
    }

    /**
     * The JVM goes on without a start-up cache that it cannot use. The launcher checks the cache if its state file is
     * empty.
     */
    private static void reportUnusableCache() {
        String state = System.getProperty("domin.state"); // set where the launcher passed a cache
        if (state != null && !System.getProperty("java.vm.info", "").contains("sharing")) {
            try {
                new FileOutputStream(state).close();
            } catch (IOException _) { // the file belongs to another user, whose own next start does this
            }
        }
    }
}

package dev.domin.cli.kit;

import dev.domin.cli.inspect.Inspection;
import dev.domin.cli.trace.Trace;
import dev.domin.cli.usage.Option;
import dev.domin.cli.watch.ReloadListener;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.ScriptRun;
import dev.domin.udp.UdpCustomizer;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** What observes the packets of a script: the trace, the recording, the journal, the faults and the inspector. */
public final class RunObservers implements Runnable {

    private final @Nullable Trace trace;
    private final @Nullable Taps taps;
    private final @Nullable Inspection inspection;
    private boolean complete = true; // guarded by this

    private RunObservers(@Nullable Trace trace, @Nullable Taps taps, @Nullable Inspection inspection) {
        this.trace = trace;
        this.taps = taps;
        this.inspection = inspection;
    }

    /**
     * Opens what the arguments ask for.
     *
     * @param arguments the arguments
     * @param traces whether packets are traced
     * @param options the options of the run, which get the observers
     * @param terminal where to print
     * @return what is to be closed when the run has ended; null if the arguments are wrong, which has been printed
     */
    public static @Nullable RunObservers open(
            Arguments arguments, boolean traces, RunOptions.Builder options, Terminal terminal) {
        var trace = traces ? new Trace(terminal.err()::println) : null;
        Taps taps;
        Inspection inspection;
        try {
            int port = inspectorPort(arguments);
            taps = isTapped(arguments) ? Taps.open(arguments, terminal) : null;
            inspection = taps == null || port < 0 ? null : inspect(port, taps, arguments, options, terminal);
        } catch (ToolException e) {
            Tools.report(e, terminal);
            return null;
        }
        options.service(UdpCustomizer.class, (name, endpoint) -> {
            if (taps != null) {
                taps.tap().customize(name, endpoint);
            }
            if (trace != null) {
                trace.customize(name, endpoint);
            }
        });
        return new RunObservers(trace, taps, inspection);
    }

    private static boolean isTapped(Arguments arguments) {
        return arguments.has(Option.RECORD)
                || arguments.has(Option.FAULTS)
                || arguments.has(Option.JOURNAL)
                || arguments.has(Option.INSPECT);
    }

    /** {@return the port of the page; -1 for no page} */
    private static int inspectorPort(Arguments arguments) throws ToolException {
        String port = arguments.last(Option.INSPECT).orElse("-");
        return switch (port) {
            case "-" -> -1;
            case "" -> 0;
            default -> Arguments.port(Option.INSPECT.word(), port, 0);
        };
    }

    private static Inspection inspect(
            int port, Taps taps, Arguments arguments, RunOptions.Builder options, Terminal terminal)
            throws ToolException {
        try {
            var inspection = new Inspection(taps.tap(), port, String.join(",", arguments.all(Option.FAULTS)), options);
            terminal.err().println("domin: inspector: " + inspection.uri());
            return inspection;
        } catch (UncheckedIOException e) {
            taps.close();
            throw ToolException.usage("--inspect: " + e.getMessage());
        }
    }

    /**
     * Shows a script that has been started, if there is an inspector.
     *
     * @param source its text
     * @param run the run
     */
    public void started(SourceFile source, ScriptRun run) {
        if (inspection != null) {
            inspection.started(source, run);
        }
    }

    /** Prepares for another run of the script. */
    public void nextRun() {
        if (trace != null) {
            trace.nextRun();
        }
        if (inspection != null) {
            inspection.nextRun();
        }
    }

    /** {@return what shows the versions of a script that is watched} */
    public ReloadListener reloads() {
        return inspection == null ? new ReloadListener() {} : inspection;
    }

    /**
     * Shows a sentence of the command, if there is an inspector.
     *
     * @param sentence the sentence
     */
    public void say(String sentence) {
        if (inspection != null) {
            inspection.say(sentence);
        }
    }

    /** Completes all files and prints what is left, when the run has ended. Calling it again does nothing. */
    @Override
    public synchronized void run() {
        if (trace != null) {
            trace.close();
        }
        if (inspection != null) {
            inspection.close();
        }
        complete = taps == null || taps.close();
    }

    /** {@return whether all files are complete; known once this has run} */
    public synchronized boolean isComplete() {
        return complete;
    }
}

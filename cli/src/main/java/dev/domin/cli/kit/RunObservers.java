package dev.domin.cli.kit;

import dev.domin.cli.trace.Trace;
import dev.domin.cli.usage.Option;
import dev.domin.runtime.RunOptions;
import dev.domin.udp.UdpCustomizer;
import org.jspecify.annotations.Nullable;

/** What observes the packets of a script: the trace, the recording, the journal and the faults. */
public final class RunObservers implements Runnable {

    private final @Nullable Trace trace;
    private final @Nullable Taps taps;
    private boolean complete = true; // guarded by this

    private RunObservers(@Nullable Trace trace, @Nullable Taps taps) {
        this.trace = trace;
        this.taps = taps;
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
        try {
            taps = isTapped(arguments) ? Taps.open(arguments, terminal) : null;
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
        return new RunObservers(trace, taps);
    }

    private static boolean isTapped(Arguments arguments) {
        return arguments.has(Option.RECORD) || arguments.has(Option.FAULTS) || arguments.has(Option.JOURNAL);
    }

    /** Prepares for another run of the script. */
    public void nextRun() {
        if (trace != null) {
            trace.nextRun();
        }
    }

    /** Completes all files and prints what is left, when the run has ended. Calling it again does nothing. */
    @Override
    public synchronized void run() {
        if (trace != null) {
            trace.close();
        }
        complete = taps == null || taps.close();
    }

    /** {@return whether all files are complete; known once this has run} */
    public synchronized boolean isComplete() {
        return complete;
    }
}

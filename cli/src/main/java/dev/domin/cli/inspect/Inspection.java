package dev.domin.cli.inspect;

import dev.domin.cli.watch.ReloadListener;
import dev.domin.inspector.Inspector;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.testkit.UdpTap;
import java.io.UncheckedIOException;
import java.net.URI;

/** The inspector of a run, or of all runs of a script that is watched. */
public final class Inspection implements ReloadListener, AutoCloseable {

    private final OutputRing output = new OutputRing();
    private final InspectedScript script = new InspectedScript(output);
    private final Inspector inspector;

    /**
     * Starts the inspector.
     *
     * @param tap what observes the packets
     * @param port the port of the page; 0 for a free one
     * @param faults the faults that were given on the command line; empty for none
     * @param options the options of the run, whose output and failures are shown from now on
     * @throws UncheckedIOException if the port is taken
     */
    public Inspection(UdpTap tap, int port, String faults, RunOptions.Builder options) {
        inspector = Inspector.of(tap).port(port).script(script).faults(faults).start();
        var given = options.build();
        options.out(new ShownOutput(given.out(), output, "out"))
                .err(new ShownOutput(given.err(), output, "err"))
                .listener(new InspectedListener(given.listener(), script, output, tap));
    }

    /** {@return the address of the page} */
    public URI uri() {
        return inspector.uri();
    }

    /**
     * Shows a script that has been started.
     *
     * @param source its text
     * @param run the run
     */
    public void started(SourceFile source, ScriptRun run) {
        script.started(source, run);
    }

    @Override
    public void started(int number, SourceFile source, Script compiled, ScriptRun run) {
        script.started(source, run);
        script.reloaded(number, null);
    }

    /** Forgets the failures of the run before, since another one starts. */
    public void nextRun() {
        script.forgetFailures();
    }

    @Override
    public void refused(int number, RefusedException errors) {
        script.reloaded(number, errors);
    }

    /**
     * Shows a sentence of the command.
     *
     * @param sentence the sentence
     */
    public void say(String sentence) {
        output.add("domin", "domin: " + sentence);
    }

    /** Closes the page. */
    @Override
    public void close() {
        inspector.close("the run has ended");
    }
}

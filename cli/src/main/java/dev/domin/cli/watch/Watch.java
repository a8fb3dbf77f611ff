package dev.domin.cli.watch;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.RunOptions;
import dev.domin.runtime.Script;
import dev.domin.runtime.ScriptRun;
import dev.domin.udp.UdpCustomizer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script, and each version of it that is saved. A version with errors is refused, and the one before goes on.
 * Otherwise the endpoints of the run are brought to rest, so that every packet that they have received is handled; then
 * the run is cancelled and the new version is started, whose endpoints go on with the sockets.
 */
public final class Watch {

    private static final long LOOK_MILLIS = 50;

    /** How long a new version may take to open its servers before sockets that are left are closed. */
    private static final long OPENING_NANOS = 3_000_000_000L;

    /** How long {@link #stop} waits for a change of versions. */
    private static final long CHANGE_MILLIS = 2_000;

    /** What the watching needs of the command. */
    public interface Host {

        /**
         * Compiles a version.
         *
         * @param source its text
         * @return the script
         * @throws RefusedException if it has errors
         */
        Script compile(SourceFile source);

        /**
         * Shows the errors of a version.
         *
         * @param errors the errors
         */
        void refused(RefusedException errors);

        /**
         * Describes why the file cannot be read.
         *
         * @param problem why
         * @return the reason in words
         */
        String reason(IOException problem);

        /** Called before each run. */
        void nextRun();
    }

    private final String name;
    private final Host host;
    private final Consumer<String> say;
    private final ReloadListener listener;
    private final KeptSockets sockets;
    private final RunOptions.Builder options;
    private final SharedInput input;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReentrantLock changing = new ReentrantLock(); // held while one run is replaced by the next
    private volatile @Nullable Version version; // the run that has not ended, or null

    /**
     * Creates the watching of a script.
     *
     * @param name the name of its file, as messages have it
     * @param options the options of each run, among them a {@link UdpCustomizer} or none
     * @param host compiles and shows errors
     * @param say prints a sentence for the user
     * @param listener is notified of the versions
     */
    public Watch(String name, RunOptions.Builder options, Host host, Consumer<String> say, ReloadListener listener) {
        this.name = name;
        this.host = host;
        this.say = say;
        this.listener = listener;
        this.sockets =
                new KeptSockets(options.build().service(UdpCustomizer.class).orElse(null), say);
        this.options = options.service(UdpCustomizer.class, sockets);
        this.input = new SharedInput(options.build().in());
    }

    /** A run, the number of its version, and what it reads. */
    private record Version(int number, ScriptRun run, SharedInput.View input, long startNanos) {

        void close() {
            run.close();
            input.close();
        }
    }

    /**
     * Runs the script and all later versions, until {@link #stop} is called.
     *
     * @param first its text; null if it is no UTF-8
     * @throws InterruptedException if interrupted; what runs is closed
     */
    public void run(@Nullable SourceFile first) throws InterruptedException {
        var file = new WatchedFile(name, first);
        int number = 0;
        say.accept("watching " + name + ", which is run again when it is saved");
        try {
            if (first != null) {
                start(++number, first, System.nanoTime());
            }
            while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                lookAtRun();
                try {
                    var source = file.look(System.nanoTime());
                    if (source != null) {
                        start(++number, source, System.nanoTime());
                    }
                    reportProblem(file);
                } catch (RefusedException e) { // not UTF-8
                    refused(++number, e);
                }
            }
        } finally {
            end();
        }
    }

    /**
     * Ends the watching: no further version is started.
     *
     * @return the run, which the caller cancels; null if there is none now
     */
    public @Nullable ScriptRun stop() {
        stopped.countDown();
        boolean locked = false;
        try {
            locked = changing.tryLock(CHANGE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (locked) {
                changing.unlock();
            }
        }
        var last = version;
        return last == null ? null : last.run;
    }

    private void start(int number, SourceFile source, long startNanos) throws InterruptedException {
        Script script;
        try {
            script = host.compile(source);
        } catch (RefusedException e) {
            refused(number, e);
            return;
        }
        if (version != null) {
            sockets.rest();
        }
        var next = replace(number, script);
        if (next != null) {
            listener.started(number, source, script, next.run);
            if (number > 1) {
                say.accept(name + " has been reloaded in " + (System.nanoTime() - startNanos) / 1_000_000 + " ms");
            }
        }
    }

    private void reportProblem(WatchedFile file) {
        var problem = file.newProblem(System.nanoTime());
        if (problem != null) {
            say.accept("cannot read " + name + ": " + host.reason(problem)
                    + (version != null
                            ? "; the version before goes on until it is saved again"
                            : "; waiting for it to be saved"));
        }
    }

    private void refused(int number, RefusedException errors) {
        host.refused(errors);
        listener.refused(number, errors);
        say.accept(
                version != null
                        ? name + " is not reloaded: it has errors, and the version before goes on"
                        : name + " is not run: it has errors; waiting for it to be saved");
    }

    /** {@return the new run; null if the watching has ended} */
    private @Nullable Version replace(int number, Script script) throws InterruptedException {
        changing.lock();
        try {
            if (stopped.getCount() == 0) {
                return null;
            }
            var old = version;
            if (old != null) {
                old.run.cancel();
                old.run.await();
                old.input.close();
            }
            sockets.runEnded();
            host.nextRun();
            var view = input.open();
            var next = new Version(number, script.start(options.in(view).build()), view, System.nanoTime());
            version = next;
            return next;
        } finally {
            changing.unlock();
        }
    }

    /** Notices that a run has ended by itself, and closes sockets that it has left. */
    private void lookAtRun() throws InterruptedException {
        var current = version;
        if (current == null) {
            return;
        }
        if (!current.run.await(0, TimeUnit.NANOSECONDS)) {
            if (System.nanoTime() - current.startNanos > OPENING_NANOS) {
                sockets.discardLeft();
            }
            return;
        }
        version = null;
        current.input.close();
        int status = current.run.await();
        if (status == 0) {
            sockets.discardLeft();
        }
        sockets.runEnded();
        listener.ended(current.number, status);
        say.accept(name + " has ended with status " + status + "; waiting for it to be saved" + keptPorts());
    }

    private String keptPorts() {
        var ports = sockets.left();
        return ports.isEmpty()
                ? ""
                : "; what arrives on port "
                        + ports.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " is kept until then";
    }

    private void end() {
        stopped.countDown();
        var last = version;
        if (last != null) {
            last.close();
        }
        sockets.close();
    }
}

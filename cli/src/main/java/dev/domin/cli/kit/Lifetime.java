package dev.domin.cli.kit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a server command runs: until Ctrl-C, SIGTERM, the end of the reader of its output, or an interrupt
 * of its thread. What it has opened is closed exactly once.
 */
final class Lifetime {

    /** How long to wait for a reader that has stopped reading, until its writes are abandoned. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final CountDownLatch readerGone = new CountDownLatch(1);
    private final Terminal terminal;
    private @Nullable Thread hook; // null: somebody else owns the process
    private boolean ended; // guarded by this, as the next
    private @Nullable Runnable close;

    private Lifetime(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Begins, before anything is opened, so that no signal is missed. */
    static Lifetime begin(Terminal terminal) {
        var lifetime = new Lifetime(terminal);
        terminal.onReaderGone().accept(lifetime.readerGone::countDown);
        if (terminal.ownsProcess()) {
            var hook = new Thread(lifetime::endBySignal, "domin-signal");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                lifetime.hook = hook;
            } catch (IllegalStateException _) { // a signal is already ending the JVM
                lifetime.readerGone.countDown();
            }
        }
        return lifetime;
    }

    /** Sets what closes everything; runs it if the end has already come. */
    synchronized void onEnd(Runnable action) {
        if (ended) {
            action.run();
        } else {
            close = action;
        }
    }

    /** Waits for the end, and closes everything; {@return whether the thread was interrupted} */
    boolean await() {
        boolean interrupted = false;
        try {
            readerGone.await();
        } catch (InterruptedException _) { // only a program that calls the command can interrupt this thread
            interrupted = true;
        }
        end();
        return interrupted;
    }

    /** Closes everything, and stops to listen to signals. */
    void end() {
        close();
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) { // a signal is ending the JVM
            }
        }
    }

    private synchronized void close() {
        ended = true;
        if (close != null) {
            close.run();
            close = null;
        }
    }

    /** Closes in a thread of its own, since a write may be blocked by a reader that has stopped reading. */
    private void endBySignal() {
        var closer = new Thread(this::close, "domin-signal-close");
        closer.setDaemon(true);
        closer.start();
        try {
            while (!closer.join(PATIENCE)) {
                terminal.abandonStuck().run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // never happens: no code interrupts this thread
        }
    }
}

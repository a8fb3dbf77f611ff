package dev.domin.plugins.loopback;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is to be done once an endpoint is closed and no callback of it runs. Safe for use by several threads. */
public final class Termination {

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile boolean happened;

    Termination() {}

    /**
     * Adds an action, which runs once: at once if the endpoint has terminated.
     *
     * @param action must neither wait nor throw; runs on any thread
     */
    public void add(Runnable action) {
        actions.add(action);
        if (happened) { // perhaps just now, in another thread
            run(action);
        }
    }

    void happened() {
        happened = true;
        for (var action : actions) {
            run(action);
        }
    }

    private void run(Runnable action) {
        if (actions.remove(action)) {
            action.run();
        }
    }
}

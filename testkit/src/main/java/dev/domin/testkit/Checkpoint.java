package dev.domin.testkit;

import java.util.List;

/** What a server was told to do at one time. For frameworks that use one server for several tests. */
public final class Checkpoint {

    private final UdpServer server;
    private final Stubs.Saved stubs;
    private final List<FaultRule> requests;
    private final List<FaultRule> replies;
    private final long seed;

    Checkpoint(UdpServer server, Stubs.Saved stubs, List<FaultRule> requests, List<FaultRule> replies, long seed) {
        this.server = server;
        this.stubs = stubs;
        this.requests = requests;
        this.replies = replies;
        this.seed = seed;
    }

    /**
     * Gives the server back the stubs, queue, states and faults that it had, with their counts from the beginning, and
     * clears its journal and its failures.
     */
    public void restore() {
        restoreBehavior();
        server.forgetPast();
    }

    /** Gives the server back what {@link #restore} does, and leaves its journal and its failures. */
    void restoreBehavior() {
        server.rawStubs().restore(stubs);
        server.faults().requests().restore(requests);
        server.faults().replies().restore(replies);
        server.faults().seed(seed);
    }
}

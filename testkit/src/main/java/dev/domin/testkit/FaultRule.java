package dev.domin.testkit;

import java.util.OptionalLong;

/** A fault: which packets, and what happens to them. */
final class FaultRule {

    private final FaultSelection selection;
    private final FaultAction action;
    private final long place; // among the rules of both directions, so that each draws numbers of its own
    private long counted; // guarded by this, as the next
    private long chosen;

    FaultRule(FaultSelection selection, FaultAction action, long place) {
        this.selection = selection;
        this.action = action;
        this.place = place;
    }

    /** Counts a packet, and applies the action if it is chosen and not lost yet. */
    void decide(Packet packet, long seed, FaultOutcome outcome) {
        Match match = selection.match();
        if (match == null || match.matches(packet)) { // without the lock: it may be a test's own function
            decide(seed, outcome);
        }
    }

    private synchronized void decide(long seed, FaultOutcome outcome) {
        long n = ++counted;
        OptionalLong own = selection.seed();
        Draws draws = new Draws((own.isPresent() ? own.getAsLong() : seed) + Draws.mix(place), n);
        if (selection.chooses(n, draws.next()) && chosen < selection.most()) {
            chosen++;
            if (!outcome.isLost()) {
                action.apply(outcome, draws, selection.toString());
            }
        }
    }

    synchronized void restart() {
        counted = 0;
        chosen = 0;
        action.restart();
    }

    @Override
    public String toString() {
        return selection + "." + action;
    }
}

package dev.domin.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule of a server: which packets it takes, and how it answers them. Used with the lock of {@link Stubs}. */
final class Stub {

    private final Match match;
    private final String scenario;
    private final @Nullable String state; // in which it takes packets; null: in each
    private final @Nullable String nextState; // null: the state stays
    private final int times;
    private final Responder responder;
    private int taken;

    Stub(
            Match match,
            String scenario,
            @Nullable String state,
            @Nullable String nextState,
            int times,
            Responder responder) {
        this.match = match;
        this.scenario = scenario;
        this.state = state;
        this.nextState = nextState;
        this.times = times;
        this.responder = responder;
    }

    /** {@return whether it takes packets in the state of its scenario, and has not taken all it may} */
    boolean isReady(Scenarios scenarios) {
        return !isUsed() && (state == null || state.equals(scenarios.state(scenario)));
    }

    /**
     * Records that it has taken a packet, and changes the state.
     *
     * @return whether it was still ready
     */
    boolean take(Scenarios scenarios) {
        if (!isReady(scenarios)) {
            return false;
        }
        taken++;
        if (nextState != null) {
            scenarios.enter(scenario, nextState);
        }
        return true;
    }

    /** {@return whether it has taken all the packets it may} */
    boolean isUsed() {
        return taken >= times;
    }

    /** {@return why it did not take a packet that it matches, to follow "but"} */
    String refusal(Miss miss) {
        if (!miss.stubs().contains(this)) {
            return "was added after the packet had come";
        }
        List<String> reasons = new ArrayList<>();
        String actual = miss.state(scenario);
        if (state != null && !state.equals(actual)) {
            String which = scenario.isEmpty() ? "the state" : "the state of scenario " + scenario;
            reasons.add(which + " was " + actual + ", not " + state);
        }
        if (miss.used().contains(this)) {
            reasons.add("it had taken " + times + (times == 1 ? " packet" : " packets") + " already (times)");
        }
        return reasons.isEmpty()
                ? "another packet changed the state, or was the last one it took, just then"
                : String.join(", and ", reasons);
    }

    void restart() {
        taken = 0;
        if (responder instanceof Restartable counting) {
            counting.restart();
        }
    }

    Match match() {
        return match;
    }

    Responder responder() {
        return responder;
    }

    @Override
    public String toString() {
        return "stub " + match + (state == null ? "" : " in state " + state)
                + (times == Integer.MAX_VALUE ? "" : ", " + times + (times == 1 ? " time" : " times"));
    }

    /** A responder whose answers depend on earlier packets. */
    interface Restartable {

        /** Forgets earlier packets. */
        void restart();
    }

    /** Answers packets with one reply each, in their order, and the last one again and again. */
    static final class InTurn implements Responder, Restartable {

        private final Reply[] replies;
        private int next;

        InTurn(Reply... replies) {
            if (replies.length == 0) {
                throw new IllegalArgumentException("inTurn takes at least one reply");
            }
            this.replies = Arrays.copyOf(replies, replies.length);
        }

        @Override
        public synchronized Reply answer(Packet packet) {
            Reply reply = replies[next];
            next = Math.min(next + 1, replies.length - 1);
            return reply;
        }

        @Override
        public synchronized void restart() {
            next = 0;
        }
    }
}

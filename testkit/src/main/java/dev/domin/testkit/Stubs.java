package dev.domin.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stubs of one server in their order, the states of their scenarios, and the queue of replies. */
final class Stubs {

    /** What takes a packet: its description, and the answer. */
    record Taker(String description, Responder responder) {}

    /** All stubs and replies at one time. */
    record Saved(List<Stub> stubs, Map<String, String> states, List<Reply> queue) {}

    private List<Stub> stubs = List.of(); // replaced as a whole
    private final ArrayDeque<Reply> queue = new ArrayDeque<>();
    private final List<Stubbing> unfinished = new ArrayList<>();
    private final Scenarios scenarios = new Scenarios();
    private final @Nullable Taker base; // for packets that no stub takes, if the queue is empty

    Stubs(@Nullable Taker base) {
        this.base = base;
    }

    /** Remembers a stub whose answer is still to be chosen. */
    synchronized void begin(Stubbing stubbing) {
        unfinished.add(stubbing);
    }

    synchronized void add(Stub stub, Stubbing finished) {
        unfinished.removeIf(each -> each == finished);
        add(stub);
    }

    synchronized void add(Stub stub) {
        List<Stub> more = new ArrayList<>(stubs);
        more.add(stub);
        stubs = List.copyOf(more);
    }

    /** {@return the matches of the stubs without an answer} */
    synchronized List<Match> unfinished() {
        return unfinished.stream().map(Stubbing::match).toList();
    }

    synchronized void enqueue(List<Reply> replies) {
        queue.addAll(replies);
    }

    /** {@return what answers a packet: the first stub that takes it, the next reply of the queue, or the base} */
    Optional<Taker> find(Packet packet) {
        for (Stub stub : all()) { // matches are called without the lock: they may be a test's own functions
            if (isReady(stub) && stub.match().matches(packet) && take(stub)) {
                return Optional.of(new Taker(stub.toString(), stub.responder()));
            }
        }
        Reply next = nextOfQueue();
        return next != null ? Optional.of(new Taker("the queue", any -> next)) : Optional.ofNullable(base);
    }

    private synchronized List<Stub> all() {
        return stubs;
    }

    private synchronized boolean isReady(Stub stub) {
        return stub.isReady(scenarios);
    }

    private synchronized boolean take(Stub stub) {
        return stub.take(scenarios);
    }

    private synchronized @Nullable Reply nextOfQueue() {
        return queue.poll();
    }

    synchronized String state(String scenario) {
        return scenarios.state(scenario);
    }

    synchronized void enter(String scenario, String state) {
        scenarios.enter(scenario, state);
    }

    /** {@return what counts for a packet that no stub took, or null if there are no stubs} */
    synchronized @Nullable Miss miss(Packet packet) {
        if (stubs.isEmpty()) {
            return null;
        }
        Set<Stub> used = Set.copyOf(stubs.stream().filter(Stub::isUsed).toList());
        return new Miss(packet, stubs, scenarios.copy(), used);
    }

    /** {@return why a packet was taken by none: the stub that is nearest, in words; empty if there are no stubs} */
    String explain(Miss miss) {
        Packet packet = miss.packet();
        return all().stream()
                .max(Comparator.comparingDouble(stub -> stub.match().nearness(packet)))
                .map(stub -> "nearest: " + stub + "\n"
                        + (stub.match().matches(packet)
                                ? "it matches, but " + stub.refusal(miss)
                                : stub.match().explain(packet)))
                .orElse("");
    }

    /** Removes all stubs and queued replies; states stay. */
    synchronized void clear() {
        stubs = List.of();
        queue.clear();
        unfinished.clear();
    }

    synchronized Saved save() {
        return new Saved(stubs, scenarios.copy(), List.copyOf(queue));
    }

    synchronized void restore(Saved saved) {
        unfinished.clear();
        stubs = saved.stubs;
        stubs.forEach(Stub::restart);
        queue.clear();
        queue.addAll(saved.queue);
        scenarios.restore(saved.states);
    }
}

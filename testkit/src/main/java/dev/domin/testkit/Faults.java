package dev.domin.testkit;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A bad network between the clients and the server: what it loses, duplicates, delays, reorders, corrupts and cuts off,
 * in each direction.
 *
 * <pre>{@code
 * server.faults().replies().nth(1).drop();
 * server.faults().seed(42).requests().chance(0.2).drop();
 * }</pre>
 *
 * <p>Each rule counts the packets of its direction from 1, from the moment at which it is added. What it does to the
 * nth packet depends on the seed and on n alone, not on time or threads; only {@link FaultRules#limitRate} depends on
 * time.
 * Rules are applied in the order in which they were added, and all that select a packet apply, until one drops it.
 *
 * <p>May be used from any thread, also while packets arrive.
 */
public final class Faults {

    private final FaultRules requests = new FaultRules(this, Direction.IN);
    private final FaultRules replies = new FaultRules(this, Direction.OUT);
    private volatile long seed = ThreadLocalRandom.current().nextInt(1_000_000);

    Faults() {}

    /** {@return the rules for packets from clients to the server} */
    public FaultRules requests() {
        return requests;
    }

    /** {@return the rules for packets from the server to clients, whether they answer one or not} */
    public FaultRules replies() {
        return replies;
    }

    /**
     * Sets the seed for the rules that work by chance and have no seed of their own. By default it is random; failures
     * show it.
     *
     * @param value the seed
     * @return these faults
     */
    public Faults seed(long value) {
        seed = value;
        return this;
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /**
     * Adds the rules of a link to both directions.
     *
     * @param link the link
     * @return these faults
     */
    public Faults profile(Profile link) {
        link.addTo(requests);
        link.addTo(replies);
        return this;
    }

    /**
     * Adds rules from a text such as {@code loss=5%,delay=20ms±5ms,in.drop=3,seed=42}: items with a comma between.
     *
     * <ul>
     *   <li>{@code loss}, {@code duplicate}, {@code corrupt}, {@code reorder}: the chance, such as {@code 5%} or {@code
     *       0.05}
     *   <li>{@code delay}: a time, such as {@code 20ms} or {@code 1.5s}, and a jitter, {@code 20ms±5ms} or {@code
     *       20ms+-5ms}
     *   <li>{@code drop}: the number of the packet to lose; {@code drop-every}: loses every nth
     *   <li>{@code truncate}: the number of bytes to keep
     *   <li>{@code rate}: the bandwidth, such as {@code 512kbit} or {@code 1mbit}
     *   <li>{@code profile}: the name of a {@link Profile}
     *   <li>{@code seed}: the seed
     * </ul>
     *
     * <p>An item applies to both directions, or to requests with {@code in.} in front of it, or to replies with {@code
     * out.}; {@code drop} and {@code drop-every} without either apply to requests.
     *
     * @param text the items
     * @return these faults
     * @throws IllegalArgumentException if an item is unknown or has a bad value; no rule is added then
     */
    public Faults apply(String text) {
        FaultSpec.parse(text).forEach(item -> item.accept(this));
        return this;
    }

    /**
     * Does what {@link #apply} does, in the place of all rules that there are. {@link FaultRules#block} stays in force.
     *
     * @param text the items; blank for no rules
     * @return these faults
     * @throws IllegalArgumentException if an item is unknown or has a bad value; the rules stay as they are then
     */
    public Faults replace(String text) {
        List<Consumer<Faults>> items = text.isBlank() ? List.of() : FaultSpec.parse(text);
        requests.clear();
        replies.clear();
        items.forEach(item -> item.accept(this));
        return this;
    }

    /** Removes all rules, and ends {@link FaultRules#block}. Packets that are already delayed stay so. */
    public void clear() {
        requests.clear();
        replies.clear();
        requests.unblock();
        replies.unblock();
    }

    boolean isEmpty() {
        return requests.isEmpty() && replies.isEmpty();
    }

    /** {@return the rules in words; empty if there are none} */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "";
        }
        return "seed " + seed + requests + replies;
    }
}

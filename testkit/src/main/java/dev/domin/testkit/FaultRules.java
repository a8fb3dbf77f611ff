package dev.domin.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults of one direction. Begins the choice of the packets that a new rule is for. */
public final class FaultRules {

    private static final Duration MAX_QUEUE = Duration.ofSeconds(1);

    private final Faults owner;
    private final Direction direction;
    private final Object order = new Object();
    private volatile List<FaultRule> rules = List.of(); // replaced as a whole, with this locked
    private volatile String blocked = ""; // why everything is lost; empty if it is not

    FaultRules(Faults owner, Direction direction) {
        this.owner = owner;
        this.direction = direction;
    }

    /** {@return a choice of every packet} */
    public FaultSelection always() {
        return new FaultSelection(this);
    }

    /**
     * Chooses one packet.
     *
     * @param number its number, from 1, counted from the moment at which the rule is added
     * @return the choice
     */
    public FaultSelection nth(long number) {
        return always().nth(number);
    }

    /**
     * Chooses every nth packet.
     *
     * @param count n, at least 1
     * @return the choice
     */
    public FaultSelection every(long count) {
        return always().every(count);
    }

    /**
     * Chooses packets by a match. A number after that counts the packets that match only.
     *
     * @param match the match
     * @return the choice
     */
    public FaultSelection matching(Match match) {
        return always().matching(match);
    }

    /**
     * Chooses packets by chance, with the seed of the faults.
     *
     * @param probability from 0, none, to 1, all
     * @return the choice
     */
    public FaultSelection chance(double probability) {
        return always().chance(probability);
    }

    /**
     * Chooses packets by chance, with a seed of its own.
     *
     * @param probability from 0, none, to 1, all
     * @param seed the seed
     * @return the choice
     */
    public FaultSelection chance(double probability, long seed) {
        return always().chance(probability, seed);
    }

    /**
     * Limits the bandwidth: each packet takes its time, the next one waits for it, and what would wait longer than a
     * second is lost. Depends on time, unlike the other faults.
     *
     * @param bitsPerSecond the limit for the payloads, at least 1
     * @return the faults
     */
    public Faults limitRate(long bitsPerSecond) {
        return limitRate(bitsPerSecond, MAX_QUEUE);
    }

    /**
     * Limits the bandwidth, with a queue of a given length.
     *
     * @param bitsPerSecond the limit for the payloads, at least 1
     * @param maxQueue how long a packet may wait; it is lost if that is not enough
     * @return the faults
     */
    public Faults limitRate(long bitsPerSecond, Duration maxQueue) {
        return always().apply(new FaultAction.LimitRate(bitsPerSecond, maxQueue));
    }

    /**
     * Loses every packet until {@link #unblock} is called. The rules see these packets, too, and count them, so that
     * they go on as if nothing had happened.
     *
     * @param reason why, for {@link Packet#reason}, such as {@code the cable is out}
     * @return the faults
     * @throws IllegalArgumentException if the reason is empty
     */
    public Faults block(String reason) {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("give a reason for losing all packets");
        }
        blocked = reason;
        return owner;
    }

    /**
     * Ends what {@link #block} has begun, or does nothing.
     *
     * @return the faults
     */
    public Faults unblock() {
        blocked = "";
        return owner;
    }

    /** {@return whether {@link #block} loses every packet now} */
    public boolean isBlocked() {
        return !blocked.isEmpty();
    }

    Faults add(FaultSelection selection, FaultAction action) {
        synchronized (this) {
            List<FaultRule> more = new ArrayList<>(rules);
            more.add(new FaultRule(selection, action, 2L * rules.size() + direction.ordinal()));
            rules = List.copyOf(more);
        }
        return owner;
    }

    synchronized void clear() {
        rules = List.of();
    }

    private String name() {
        return direction == Direction.IN ? "requests" : "replies";
    }

    boolean isEmpty() {
        return rules.isEmpty() && blocked.isEmpty();
    }

    List<FaultRule> rules() {
        return rules;
    }

    /** Goes back to earlier rules, which count from 1 again. */
    synchronized void restore(List<FaultRule> earlier) {
        earlier.forEach(FaultRule::restart);
        rules = earlier;
        blocked = "";
    }

    /** {@return the lock to hold while a packet gets its number and is decided: rules count by these numbers} */
    Object order() {
        return order;
    }

    /** {@return what becomes of a packet} */
    FaultOutcome decide(Packet packet, byte[] bytes, int offset, int length) {
        FaultOutcome outcome = new FaultOutcome(bytes, offset, length);
        for (FaultRule rule : rules) {
            rule.decide(packet, owner.seed(), outcome);
        }
        String reason = blocked;
        if (!reason.isEmpty() && !outcome.isLost()) {
            outcome.lose(reason);
        }
        return outcome;
    }

    /** {@return the rules in words, each in a line of its own} */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (FaultRule rule : rules) {
            out.append("\n  ").append(name()).append(": ").append(rule);
        }
        if (isBlocked()) {
            out.append("\n  ").append(name()).append(": all lost: ").append(blocked);
        }
        return out.toString();
    }
}

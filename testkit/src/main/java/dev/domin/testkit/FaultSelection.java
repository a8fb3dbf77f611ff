package dev.domin.testkit;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which packets a fault is for, and at its end what happens to them. Immutable: each method that narrows the choice
 * returns a new one. Nothing happens until an action is chosen, such as {@link #drop}.
 */
public final class FaultSelection {

    private enum Way {
        ALL,
        NTH,
        EVERY,
        CHANCE
    }

    private static final Duration REORDER_HOLD = Duration.ofMillis(200);

    private final FaultRules rules;
    private final @Nullable Match match;
    private final Way way;
    private final long count;
    private final double probability;
    private final OptionalLong seed;
    private final long most;

    FaultSelection(FaultRules rules) {
        this(rules, null, Way.ALL, 0, 0, OptionalLong.empty(), Long.MAX_VALUE);
    }

    private FaultSelection(
            FaultRules rules,
            @Nullable Match match,
            Way way,
            long count,
            double probability,
            OptionalLong seed,
            long most) {
        this.rules = rules;
        this.match = match;
        this.way = way;
        this.count = count;
        this.probability = probability;
        this.seed = seed;
        this.most = most;
    }

    /**
     * Chooses one packet.
     *
     * @param number its number, from 1
     * @return the choice
     */
    public FaultSelection nth(long number) {
        return choose(Way.NTH, positive("nth", number), 0, OptionalLong.empty());
    }

    /**
     * Chooses every nth packet.
     *
     * @param n at least 1, which is every packet
     * @return the choice
     */
    public FaultSelection every(long n) {
        return choose(Way.EVERY, positive("every", n), 0, OptionalLong.empty());
    }

    /**
     * Chooses packets by chance, with the seed of the faults.
     *
     * @param share from 0, none, to 1, all
     * @return the choice
     */
    public FaultSelection chance(double share) {
        return choose(Way.CHANCE, 0, checked(share), OptionalLong.empty());
    }

    /**
     * Chooses packets by chance, with a seed of its own. Two rules with the same seed still draw numbers of their own.
     *
     * @param share from 0, none, to 1, all
     * @param ownSeed the seed
     * @return the choice
     */
    public FaultSelection chance(double share, long ownSeed) {
        return choose(Way.CHANCE, 0, checked(share), OptionalLong.of(ownSeed));
    }

    private static double checked(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a chance is 0 to 1, got " + share);
        }
        return share;
    }

    private FaultSelection choose(Way how, long number, double share, OptionalLong ownSeed) {
        if (way != Way.ALL) {
            throw new IllegalStateException("a rule chooses by one of nth, every and chance, and this one has " + this
                    + " already: add another rule, or choose by matching(...), too");
        }
        return new FaultSelection(rules, match, how, number, share, ownSeed, most);
    }

    /**
     * Chooses, and from then on counts, only packets that match.
     *
     * @param wanted the match
     * @return the choice
     */
    public FaultSelection matching(Match wanted) {
        Match both = match == null ? wanted : match.and(wanted);
        return new FaultSelection(rules, both, way, count, probability, seed, most);
    }

    /**
     * Limits how many packets are chosen.
     *
     * @param packets the limit, at least 1; the packets after that are left alone
     * @return the choice
     */
    public FaultSelection atMost(long packets) {
        return new FaultSelection(rules, match, way, count, probability, seed, positive("atMost", packets));
    }

    /**
     * Loses the packets.
     *
     * @return the faults
     */
    public Faults drop() {
        return apply(new FaultAction.Drop());
    }

    /**
     * Delays the packets; later ones may overtake them. What is delayed, by all servers together, may take up an eighth
     * of the heap; beyond that it is lost, with the reason in {@link Packet#reason}.
     *
     * @param time for how long, at most 24 hours
     * @return the faults
     * @throws IllegalArgumentException if the time is negative or too long
     */
    public Faults delay(Duration time) {
        return delay(time, Duration.ZERO);
    }

    /**
     * Delays the packets, each by another time.
     *
     * @param time for how long, at most 24 hours
     * @param jitter by how much the time may be shorter or longer, at most 24 hours; every time in between is equally
     *     likely
     * @return the faults
     * @throws IllegalArgumentException if a time is negative or too long
     */
    public Faults delay(Duration time, Duration jitter) {
        return apply(new FaultAction.Delay(time, jitter));
    }

    /**
     * Delivers the packets twice.
     *
     * @return the faults
     */
    public Faults duplicate() {
        return duplicate(1);
    }

    /**
     * Delivers the packets several times.
     *
     * @param copies how many times more, 1 to 100
     * @return the faults
     * @throws IllegalArgumentException if that is out of range
     */
    public Faults duplicate(int copies) {
        return apply(new FaultAction.Duplicate(copies));
    }

    /**
     * Delivers the packets after the one that follows in this direction, from or to whichever client, or after 200 ms
     * if none does. Where every packet is chosen, each waits for the next, so the order stays as it was.
     *
     * @return the faults
     */
    public Faults reorder() {
        return reorder(REORDER_HOLD);
    }

    /**
     * Delivers the packets after the one that follows.
     *
     * @param hold how long to wait for that one
     * @return the faults
     */
    public Faults reorder(Duration hold) {
        return apply(new FaultAction.Reorder(hold));
    }

    /**
     * Changes one byte of the packets, at a place that the seed chooses.
     *
     * @return the faults
     */
    public Faults corrupt() {
        return apply(new FaultAction.Corrupt());
    }

    /**
     * Cuts the packets off.
     *
     * @param bytes how many bytes are left
     * @return the faults
     */
    public Faults truncate(int bytes) {
        return apply(new FaultAction.Truncate(bytes));
    }

    Faults apply(FaultAction action) {
        return rules.add(this, action);
    }

    @Nullable
    Match match() {
        return match;
    }

    long most() {
        return most;
    }

    OptionalLong seed() {
        return seed;
    }

    /** {@return whether the nth packet is chosen} */
    boolean chooses(long n, double draw) {
        return switch (way) {
            case ALL -> true;
            case NTH -> n == count;
            case EVERY -> n % count == 0;
            case CHANCE -> draw < probability;
        };
    }

    /** {@return the choice in words} */
    @Override
    public String toString() {
        String words = switch (way) {
            case ALL -> "always";
            case NTH -> "nth(" + count + ")";
            case EVERY -> "every(" + count + ")";
            case CHANCE -> "chance(" + probability + (seed.isPresent() ? ", seed " + seed.getAsLong() : "") + ")";
        };
        return (match == null ? "" : "matching(" + match + ").")
                + words
                + (most == Long.MAX_VALUE ? "" : ".atMost(" + most + ")");
    }

    private static long positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " takes a number from 1, got " + value);
        }
        return value;
    }
}

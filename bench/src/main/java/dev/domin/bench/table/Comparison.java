package dev.domin.bench.table;

import java.util.List;

/**
 * The difference of two builds in one metric. They count as different if one was better in so many rounds that this
 * would happen by chance in less than 7 of 100 runs (a sign test).
 *
 * @param work the measured work
 * @param metric the metric
 * @param old the values of the build to compare with, round by round
 * @param now the values of this build, round by round
 */
record Comparison(String work, Metric metric, List<Double> old, List<Double> now) {

    static final String HEADER =
            "| work | old | new | new/old | new is better in | differs |\n|---|---|---|---|---|---|\n";

    private static final double CHANCE = 0.07;
    private static final int FEWEST_ROUNDS = 5;

    String line() {
        var change = metric.isComparedByDifference()
                ? "difference " + Spread.ofDifferences(now, old).text(metric.decimals)
                : Spread.ofRatios(now, old).text(3);
        return "| "
                + String.join(
                        " | ",
                        work + ", " + metric.title,
                        Spread.of(old).text(metric.decimals),
                        Spread.of(now).text(metric.decimals),
                        change,
                        count(true) + " of " + now.size() + " rounds",
                        verdict())
                + " |";
    }

    private String verdict() {
        if (now.size() < FEWEST_ROUNDS) {
            return "too few rounds to say";
        }
        int better = count(true);
        int worse = count(false);
        if (chance(Math.min(better, worse), better + worse) > CHANCE) {
            return "no";
        }
        return better > worse ? "better" : "**worse**";
    }

    /**
     * {@return the number of rounds in which the new build was better, or worse; in the others there was no difference}
     */
    private int count(boolean better) {
        int count = 0;
        for (int i = 0; i < now.size(); i++) {
            double gain = metric.lessIsBetter ? old.get(i) - now.get(i) : now.get(i) - old.get(i);
            if ((better ? gain : -gain) > metric.leastDifference) {
                count++;
            }
        }
        return count;
    }

    /** {@return the two-sided probability of such a result for so many tosses of a fair coin} */
    private static double chance(int few, int tosses) {
        double sum = 0;
        double ways = 1;
        for (int i = 0; i <= few; i++) {
            sum += ways;
            ways = ways * (tosses - i) / (i + 1);
        }
        return Math.min(1, 2 * sum / Math.pow(2, tosses));
    }
}

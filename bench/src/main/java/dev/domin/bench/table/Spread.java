package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Median and extremes of the rounds. */
record Spread(double median, double min, double max) {

    static Spread of(List<Double> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int n = sorted.size();
        if (n == 0) {
            throw new BenchException("nothing was measured");
        }
        double median = n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /** {@return the spread of a quotient, taken round by round} */
    static Spread ofRatios(List<Double> values, List<Double> divisors) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / divisors.get(i));
        }
        return of(ratios);
    }

    /** {@return the spread of a difference, taken round by round} */
    static Spread ofDifferences(List<Double> values, List<Double> subtracted) {
        var differences = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i++) {
            differences.add(values.get(i) - subtracted.get(i));
        }
        return of(differences);
    }

    /** {@return the median with the extremes in brackets} */
    String text(int decimals) {
        return number(median, decimals) + " (" + number(min, decimals) + ".." + number(max, decimals) + ")";
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

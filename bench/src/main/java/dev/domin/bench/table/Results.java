package dev.domin.bench.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The results of each round, by label. */
final class Results {

    private final Map<String, List<Map<String, Double>>> rounds = new LinkedHashMap<>();

    /**
     * Measures the given number of rounds. In each round everything is measured once. Every second round runs in
     * reverse order, so that nothing is always measured after the same other thing.
     */
    static <T> Results interleave(
            int rounds, List<T> all, Function<T, String> label, Function<T, Map<String, Double>> measure) {
        var results = new Results();
        for (int round = 0; round < rounds; round++) {
            for (var one : round % 2 == 0 ? all : all.reversed()) {
                results.rounds
                        .computeIfAbsent(label.apply(one), _ -> new ArrayList<>())
                        .add(measure.apply(one));
            }
        }
        return results;
    }

    static Results interleave(int rounds, List<Peer> peers, Function<Peer, Map<String, Double>> measure) {
        return interleave(rounds, peers, Peer::label, measure);
    }

    Set<String> labels() {
        return rounds.keySet();
    }

    boolean has(String label) {
        return rounds.containsKey(label);
    }

    /** {@return the values of all rounds} */
    List<Double> values(String label, String key) {
        return rounds.get(label).stream().map(values -> values.get(key)).toList();
    }

    List<Double> values(String label, Metric metric) {
        return values(label, metric.key);
    }

    Spread spread(String label, Metric metric) {
        return Spread.of(values(label, metric));
    }

    String text(String label, Metric metric) {
        return spread(label, metric).text(metric.decimals);
    }

    double sum(String label, String key) {
        return values(label, key).stream().mapToDouble(Double::doubleValue).sum();
    }

    /** {@return the quotients of the rounds, or a dash if one of the two was not measured} */
    String ratio(String label, String to, Metric metric) {
        return has(label) && has(to)
                ? Spread.ofRatios(values(label, metric), values(to, metric)).text(2)
                : "–";
    }
}

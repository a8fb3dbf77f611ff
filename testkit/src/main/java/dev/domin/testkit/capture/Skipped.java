package dev.domin.testkit.capture;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the packets that are left out, by reason. Not thread-safe. */
final class Skipped {

    private final Map<SkipReason, long[]> counts = new HashMap<>();

    /** Counts one packet. */
    void add(SkipReason reason) {
        add(reason, 1);
    }

    /** Counts packets. */
    void add(SkipReason reason, long packets) {
        if (packets > 0) {
            counts.computeIfAbsent(reason, key -> new long[1])[0] += packets;
        }
    }

    /**
     * Lists the counts.
     *
     * @param incompleteFragments fragments that are kept, but whose datagrams may never be complete
     * @return the counts by reason in words, the largest first
     */
    Map<String, Long> byReason(long incompleteFragments) {
        var byText = new HashMap<String, Long>();
        counts.forEach((reason, count) -> byText.merge(reason.text(), count[0], Long::sum));
        if (incompleteFragments > 0) {
            byText.merge(SkipReason.Kind.FRAGMENT_INCOMPLETE.reason().text(), incompleteFragments, Long::sum);
        }
        var sorted = new LinkedHashMap<String, Long>();
        byText.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }
}

package dev.domin.runtime;

import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The errors of callbacks, told once for each place and then counted. Safe for use by several threads. */
final class CallbackErrors {

    private final Map<Span, Integer> places = new HashMap<>();
    private final List<Failure> first = new ArrayList<>();

    /**
     * Counts a failure.
     *
     * @return whether it is the first at its place
     */
    synchronized boolean add(Failure failure) {
        boolean isFirst = places.merge(failure.span(), 1, Integer::sum) == 1;
        if (isFirst) {
            first.add(failure);
        }
        return isFirst;
    }

    synchronized boolean isEmpty() {
        return first.isEmpty();
    }

    /** {@return the first failure of each place, in the order they came} */
    synchronized List<Failure> failures() {
        return List.copyOf(first);
    }

    /** {@return how often a failure's place has failed} */
    synchronized int count(Failure failure) {
        return places.getOrDefault(failure.span(), 0);
    }
}

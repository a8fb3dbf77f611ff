package dev.domin.runtime;

import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The errors of callbacks, reported once for each place and then only counted, and the number of errors that were lost
 * for lack of memory. Thread-safe. Uses very little memory, since it is also used when memory is full.
 */
final class CallbackErrors {

    /** A place where callbacks have failed. */
    private static final class Place {

        final Failure first;
        int count = 1;
        boolean reported;

        Place(Failure first) {
            this.first = first;
        }
    }

    private final List<Place> places = new ArrayList<>();
    private int lost;
    private @Nullable Span lostPlace;

    /**
     * Counts a failure.
     *
     * @return whether it is the first at its place
     */
    synchronized boolean add(Failure failure) {
        var known = find(failure);
        if (known != null) {
            known.count++;
            return false;
        }
        places.add(new Place(failure));
        return true;
    }

    /** Records that a failure, the first at its place, has been reported. */
    synchronized void reported(Failure failure) {
        var known = find(failure);
        if (known != null) {
            known.reported = true;
        }
    }

    synchronized boolean isReported(Failure failure) {
        var known = find(failure);
        return known != null && known.reported;
    }

    /** {@return a failure, the first at its place, that could not be reported yet, or null} */
    synchronized @Nullable Failure unreported() {
        for (int i = 0; i < places.size(); i++) {
            if (!places.get(i).reported) {
                return places.get(i).first;
            }
        }
        return null;
    }

    /** Counts an error, of a callback or another one, for whose report there was no memory. */
    synchronized void lost(Span place) {
        lostPlace = place;
        lost++;
    }

    /** {@return how many errors were lost} */
    synchronized int lostCount() {
        return lost;
    }

    /** {@return the place of the last error that was lost, or null} */
    synchronized @Nullable Span lostPlace() {
        return lostPlace;
    }

    synchronized boolean isEmpty() {
        return places.isEmpty();
    }

    /** {@return the first failure of each place, in order of occurrence} */
    synchronized List<Failure> failures() {
        var failures = new ArrayList<Failure>(places.size());
        for (var place : places) {
            failures.add(place.first);
        }
        return failures;
    }

    /** {@return how often a failure's place has failed} */
    synchronized int count(Failure failure) {
        var known = find(failure);
        return known == null ? 0 : known.count;
    }

    /**
     * Compares numbers, since the generated methods of a record are linked at their first use, which takes much memory.
     */
    private @Nullable Place find(Failure failure) {
        var span = failure.span();
        for (int i = 0; i < places.size(); i++) {
            var known = places.get(i).first.span();
            if (known.start() == span.start() && known.end() == span.end()) {
                return places.get(i);
            }
        }
        return null;
    }
}

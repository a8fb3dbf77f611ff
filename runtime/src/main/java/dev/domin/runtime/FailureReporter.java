package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reports the failures of a run, and keeps them. Safe for use by several threads.
 *
 * <p>It does so also where memory is full: what a report needs was set aside before. What cannot be reported even so
 * makes the run a failed one, and is reported at its end. Nothing here uses lambdas or the methods that come with a
 * record: they are made at their first use, from much memory. A class that cannot be loaded then stays missing, which
 * is a {@link LinkageError}.
 */
final class FailureReporter {

    private static final OutOfMemoryError PLACE_UNKNOWN = new OutOfMemoryError();

    private final CompiledScript script;
    private final Reports reports;
    private final FailureMapper mapper;
    private final MemoryReserve reserve = new MemoryReserve();
    private final CallbackErrors callbackErrors = new CallbackErrors();
    private final List<Failure> otherFailures = new CopyOnWriteArrayList<>();
    private volatile boolean prepared;
    private volatile @Nullable Throwable mainThrown;
    private volatile @Nullable Failure mainFailure;
    private volatile boolean mainReported;
    private final AtomicInteger unreported = new AtomicInteger(); // how many errors could not be reported
    private volatile @Nullable Span unreportedPlace; // where the last of them was

    FailureReporter(CompiledScript script, Reports reports) {
        this.script = script;
        this.reports = reports;
        this.mapper = new FailureMapper(script);
    }

    /**
     * Makes ready for reporting that memory is full. Called when the script waits for the first time: nothing waits for
     * this.
     */
    void prepare() {
        if (!prepared) {
            prepared = true;
            reserve.prepare();
            mapper.describe(PLACE_UNKNOWN, script.places().getFirst(), "");
            reports.prepare();
        }
    }

    /** {@return the memory for reports} */
    MemoryReserve reserve() {
        return reserve;
    }

    /** {@return a failure of a call from Java, which is its caller's to report} */
    Failure describe(Throwable thrown, Span place) {
        if (thrown instanceof OutOfMemoryError) {
            reserve.release();
        }
        try {
            return mapper.describe(thrown, place, "");
        } finally {
            reserve.refill();
        }
    }

    /**
     * Records that the run has reached a limit that its host has set, cancels it, and reports that.
     *
     * @param cancel cancels the run, which may end before the report is out
     */
    void limitReached(String message, String help, Runnable cancel) {
        var failure = mapper.ofLimit(message, help);
        otherFailures.add(failure);
        cancel.run();
        reports.failed(failure);
    }

    /** Finds out what ended {@code main}, or kept it from beginning. */
    void mainFailed(Throwable thrown) {
        mainThrown = thrown;
        if (thrown instanceof OutOfMemoryError) {
            reserve.release();
        }
        if (describeMain(thrown) == null) {
            reserve.release();
            if (describeMain(thrown) == null) {
                mainThrown = PLACE_UNKNOWN; // so that what the script has in memory goes with its class
            }
        }
    }

    private @Nullable Failure describeMain(Throwable thrown) {
        try {
            var failure = mapper.describe(thrown, script.places().getFirst(), "");
            mainThrown = failure.cause();
            mainFailure = failure;
            return failure;
        } catch (OutOfMemoryError | LinkageError _) {
            return null;
        }
    }

    /** Reports what ended {@code main}. Called when the script's memory can be used for that. */
    void reportMain() {
        try {
            var thrown = mainThrown;
            var failure = mainFailure == null && thrown != null ? describeMain(thrown) : mainFailure;
            if (failure != null) {
                reports.failed(failure);
                mainReported = true;
            }
        } catch (OutOfMemoryError | LinkageError _) {
            // Once more at the end.
        }
    }

    /**
     * Reports what a callback threw; counts it only, where its place has failed before.
     *
     * @param thrown what it threw
     * @param callback the place, where the stack tells none
     * @param turn what the callback was called for
     * @return whether it has taken the memory that everything else needs, too, and still has it
     */
    boolean callbackFailed(Throwable thrown, Span callback, Turn turn) {
        boolean tookAll = thrown instanceof OutOfMemoryError && reserve.isHeldBack();
        if (thrown instanceof OutOfMemoryError) {
            reserve.release();
        }
        Failure failure = null;
        boolean counted = false;
        boolean first = false;
        boolean retried = false;
        while (true) {
            try {
                if (failure == null) {
                    failure = mapper.describe(thrown, callback, turn.origin());
                }
                if (!counted) {
                    first = callbackErrors.add(failure);
                    counted = true;
                }
                if (first) {
                    reports.failed(failure);
                    callbackErrors.reported(failure);
                }
                break;
            } catch (OutOfMemoryError | LinkageError _) {
                if (retried) {
                    if (!counted) {
                        countUnreported(callback);
                    }
                    break;
                }
                retried = true;
                reserve.release();
            }
        }
        reserve.refill();
        if (thrown instanceof OutOfMemoryError && !tookAll) {
            tookAll = !reserve.holdBack();
            reserve.letGo();
        }
        return tookAll;
    }

    /** Reports what a plugin threw when it was to be closed. */
    void closingFailed(ScriptResource resource, Throwable thrown) {
        if (!reportClosing(resource, thrown)) {
            reserve.release();
            if (!reportClosing(resource, thrown)) {
                countUnreported(script.places().getFirst());
            }
        }
    }

    private boolean reportClosing(ScriptResource resource, Throwable thrown) {
        try {
            var failure = mapper.ofClosing(resource, thrown);
            reports.failed(failure);
            otherFailures.add(failure);
            return true;
        } catch (OutOfMemoryError | LinkageError _) {
            return false;
        }
    }

    private void countUnreported(Span place) {
        unreportedPlace = place;
        unreported.incrementAndGet();
    }

    void warn(String sentence) {
        reports.warned(sentence);
    }

    /**
     * Reports what could not be reported before, and how often callbacks failed at each place. Called when all is over.
     */
    void end() {
        reserve.release();
        try {
            if (mainThrown != null && !mainReported) {
                reportMain();
            }
            reportUnreported();
            tellRepeated();
        } catch (OutOfMemoryError | LinkageError _) {
            // The exit code tells that something failed; there is nothing left to tell it with.
        }
    }

    private void reportUnreported() {
        for (var failure = callbackErrors.unreported(); failure != null; failure = callbackErrors.unreported()) {
            reports.failed(failure);
            callbackErrors.reported(failure);
        }
        int count = unreported.get();
        var place = unreportedPlace;
        if (count > 0 && place != null && callbackErrors.isEmpty()) {
            reports.failed(mapper.unreported(place));
        } else if (count > 0) {
            warn((count == 1 ? "1 error" : count + " errors") + " could not be reported, for want of memory");
        }
    }

    private void tellRepeated() {
        for (var failure : callbackErrors.failures()) {
            int count = callbackErrors.count(failure);
            if (count > 1) {
                reports.failedAgain(failure, count);
            }
        }
    }

    /** {@return whether anything has failed} */
    boolean hasFailures() {
        return mainThrown != null || unreported.get() > 0 || !callbackErrors.isEmpty() || !otherFailures.isEmpty();
    }

    /**
     * {@return what has been reported: {@code main}'s failure, the first of each place in callbacks, then those of
     * closing}
     */
    List<Failure> failures() {
        var all = new ArrayList<Failure>();
        var ofMain = mainFailure;
        if (ofMain != null) {
            all.add(ofMain);
        }
        all.addAll(callbackErrors.failures());
        all.addAll(otherFailures);
        return all;
    }
}

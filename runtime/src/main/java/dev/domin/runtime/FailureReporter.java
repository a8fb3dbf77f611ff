package dev.domin.runtime;

import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reports and stores the failures of a run. Thread-safe.
 *
 * <p>This also works when memory is full, by means of reserved memory. An error that still cannot be reported makes the
 * run fail, and is reported at its end. This class uses no lambdas and no generated methods of records: they are linked
 * at their first use, which takes much memory. A class whose loading fails then cannot be loaded later either, which
 * shows as a {@link LinkageError}.
 */
final class FailureReporter {

    private static final OutOfMemoryError PLACE_UNKNOWN = new OutOfMemoryError();

    private final CompiledScript script;
    private final Reports reports;
    private final FailureMapper mapper;
    private final MemoryReserve reserve = new MemoryReserve();
    private final CallbackErrors callbackErrors = new CallbackErrors();
    private final List<Failure> otherFailures = new CopyOnWriteArrayList<>();
    private volatile @Nullable Throwable mainThrown;
    private volatile @Nullable Failure mainFailure;
    private volatile boolean mainReported;
    private final LimitFailure limitFailure;

    FailureReporter(CompiledScript script, Reports reports) {
        this.script = script;
        this.reports = reports;
        this.limitFailure = new LimitFailure(reports);
        this.mapper = new FailureMapper(script);
    }

    /**
     * Prepares for reporting that memory is full. Called when the script blocks for the first time, so it delays
     * nothing.
     */
    void prepare() {
        if (reserve.prepare()) {
            mapper.describe(PLACE_UNKNOWN, script.places().getFirst(), "");
            reports.prepare();
        }
    }

    /** {@return the memory reserved for reports} */
    MemoryReserve reserve() {
        return reserve;
    }

    /** {@return the failure of a call from Java; the caller reports it} */
    Failure describe(Throwable thrown, Span place) {
        if (thrown instanceof OutOfMemoryError) {
            reserve.releaseAll();
        }
        try {
            return mapper.describe(thrown, place, "");
        } finally {
            reserve.refill();
        }
    }

    /**
     * Records that the run has reached a limit set by its host, cancels it and reports the failure.
     *
     * @param cancel cancels the run; its end waits until the failure is reported
     */
    void limitReached(String message, String help, Runnable cancel) {
        var failure = mapper.ofLimit(message, help);
        if (limitFailure.reached(failure, otherFailures)) {
            cancel.run();
            limitFailure.report();
        }
    }

    /** Records what ended {@code main} or prevented its start. */
    void mainFailed(Throwable thrown) {
        mainThrown = thrown;
        if (thrown instanceof OutOfMemoryError) {
            reserve.releaseAll();
        }
        if (describeMain(thrown) == null) {
            reserve.releaseAll();
            if (describeMain(thrown) == null) {
                mainThrown = PLACE_UNKNOWN; // so that the script's data can be collected together with its class
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

    /** Reports what ended {@code main}. Called when the script's memory can be collected. */
    void reportMain() {
        try {
            var thrown = mainThrown;
            var failure = mainFailure == null && thrown != null ? describeMain(thrown) : mainFailure;
            if (failure != null) {
                reports.failed(failure);
                mainReported = true;
            }
        } catch (OutOfMemoryError | LinkageError _) {
            // Tried again at the end.
        }
    }

    /**
     * Reports what a callback threw. If its place has failed before, only counts it.
     *
     * @param thrown what it threw
     * @param callback the place to use if the stack trace has none
     * @param turn the event that the callback was called for
     * @return whether the callback has used up even the memory reserved for other code, and still holds it
     */
    boolean callbackFailed(Throwable thrown, Span callback, Turn turn) {
        boolean exhausted = thrown instanceof OutOfMemoryError && reserve.isReservedForOthers();
        if (thrown instanceof OutOfMemoryError) {
            reserve.releaseAll();
        }
        Failure failure = null;
        boolean counted = false;
        boolean first = false;
        boolean told = false;
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
                if (!told) {
                    told = true;
                    reports.callbackFailed(failure);
                }
                if (first) {
                    reports.failedOnce(failure, callbackErrors);
                }
                break;
            } catch (OutOfMemoryError | LinkageError _) {
                if (retried) {
                    if (!counted) {
                        callbackErrors.lost(callback);
                    }
                    break;
                }
                retried = true;
                reserve.releaseAll();
            }
        }
        reserve.refill();
        if (thrown instanceof OutOfMemoryError && !exhausted) {
            exhausted = !reserve.reserveForOthers();
            reserve.releaseForOthers();
        }
        return exhausted;
    }

    /** Reports what closing a plugin's resource, or stopping a plugin, threw. */
    void closingFailed(Object part, Throwable thrown) {
        if (!reportClosing(part, thrown)) {
            reserve.releaseAll();
            if (!reportClosing(part, thrown)) {
                callbackErrors.lost(script.places().getFirst());
            }
        }
    }

    private boolean reportClosing(Object part, Throwable thrown) {
        try {
            var failure = mapper.ofClosing(part, thrown);
            reports.failed(failure);
            otherFailures.add(failure);
            return true;
        } catch (OutOfMemoryError | LinkageError _) {
            return false;
        }
    }

    void warn(String sentence) {
        reports.warned(sentence);
    }

    /**
     * Reports what could not be reported before, and how often callbacks failed at each place. Called at the end of the
     * run.
     */
    void end() {
        reserve.releaseAll();
        try {
            reports.end(); // those that are older
            if (mainThrown != null && !mainReported) {
                reportMain();
            }
            limitFailure.end();
            reportUnreported();
            reportRepeated();
            reports.end();
        } catch (OutOfMemoryError | LinkageError _) {
            // The exit code says that something failed; there is no memory for a message.
        }
    }

    /** {@return whether the calling thread is calling the listener, which the end of the run waits for} */
    boolean isReportingHere() {
        return reports.isReportingHere();
    }

    private void reportUnreported() {
        for (var failure = callbackErrors.unreported(); failure != null; failure = callbackErrors.unreported()) {
            reports.failedOnce(failure, callbackErrors);
        }
        int count = callbackErrors.lostCount();
        var place = callbackErrors.lostPlace();
        if (count > 0 && place != null && callbackErrors.isEmpty()) {
            reports.failed(mapper.unreported(place));
        } else if (count > 0) {
            warn((count == 1 ? "1 error" : count + " errors") + " could not be reported for lack of memory");
        }
    }

    private void reportRepeated() {
        for (var failure : callbackErrors.failures()) {
            int count = callbackErrors.count(failure);
            if (count > 1) {
                reports.failedAgain(failure, count);
            }
        }
    }

    /** {@return whether anything has failed} */
    boolean hasFailures() {
        return mainThrown != null
                || callbackErrors.lostCount() > 0
                || !callbackErrors.isEmpty()
                || !otherFailures.isEmpty();
    }

    /**
     * {@return the recorded failures: that of {@code main}, the first of each place in callbacks, then those of
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

package dev.domin.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a run that has reached a limit. It is reported once: by the thread that has noticed it, or by the end
 * of the run, which waits while that thread reports it.
 */
final class LimitFailure {

    private final Reports reports;
    private @Nullable Failure failure; // until it is reported; guarded by this object's monitor, as the next
    private boolean ended;

    LimitFailure(Reports reports) {
        this.reports = reports;
    }

    /**
     * Adds the failure to those of the run, unless that has ended.
     *
     * @return whether it was added
     */
    synchronized boolean reached(Failure reached, List<Failure> failures) {
        if (!ended) {
            failures.add(reached);
            failure = reached;
        }
        return !ended;
    }

    /** Reports it, unless there is none or it is reported. */
    synchronized void report() {
        var unreported = failure;
        if (unreported != null) {
            reports.failed(unreported);
            failure = null;
        }
    }

    /** Reports it as {@link #report} does. From now on the limit is not reached any more. */
    synchronized void end() {
        ended = true;
        report();
    }
}

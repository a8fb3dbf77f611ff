package dev.domin.lang.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects the errors and warnings that the stages find in one script. Not thread-safe. */
public final class Diagnostics {

    /** The number of errors after which compilation stops. */
    public static final int MAXIMUM_ERRORS = 20;

    private static final int CHECKS_PER_READING = 1 << 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SourceFile source;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>(0);
    private final long limitMillis;
    private final @Nullable LongSupplier clock; // null: the system's, which needs no lambda at the start
    private final long startNanos;
    private int checks;

    /**
     * Creates an empty collection.
     *
     * @param source the script
     */
    public Diagnostics(SourceFile source) {
        this(source, Long.MAX_VALUE);
    }

    /**
     * Creates an empty collection for a compilation with a limited time, which begins now.
     *
     * @param source the script
     * @param limitMillis the time in milliseconds
     */
    public Diagnostics(SourceFile source, long limitMillis) {
        this(source, limitMillis, null);
    }

    /**
     * Creates an empty collection for a compilation with a limited time, which begins now.
     *
     * @param source the script
     * @param limitMillis the time in milliseconds
     * @param clock returns the time in nanoseconds; null for the clock of the system
     */
    public Diagnostics(SourceFile source, long limitMillis, @Nullable LongSupplier clock) {
        this.source = source;
        this.limitMillis = limitMillis;
        this.clock = clock;
        this.startNanos = now();
    }

    private long now() {
        return clock == null ? System.nanoTime() : clock.getAsLong();
    }

    /**
     * Ends the compilation if its time is over. Called for each token, expression and statement, it reads the clock for
     * some of them only.
     *
     * @param at the place that is being compiled
     * @throws RefusedException with an error at that place, if the time is over
     */
    public void checkTime(int at) {
        if ((++checks & CHECKS_PER_READING - 1) == 0) {
            checkTimeNow(at);
        }
    }

    /**
     * Ends the compilation if its time is over.
     *
     * @param at the place that is being compiled
     * @throws RefusedException with an error at that place, if the time is over
     */
    public void checkTimeNow(int at) {
        if ((now() - startNanos) / NANOS_PER_MILLI >= limitMillis) {
            error(
                    new Span(at, at),
                    "compiling takes longer than the limit of " + limitMillis + " ms",
                    "make the script smaller, or set a higher limit: domin --limit compile=N, in Java"
                            + " Script.compile with Limits");
            stopIfErrors();
        }
    }

    /**
     * Reports an error. A second one at the same place is ignored, so that one mistake causes one message.
     *
     * @param span the place
     * @param message the error: what was expected and what was found
     * @throws RefusedException once there are {@value #MAXIMUM_ERRORS}
     */
    public void error(Span span, String message) {
        error(span, message, "");
    }

    /**
     * Reports an error and how to fix it.
     *
     * @param span the place
     * @param message the error: what was expected and what was found
     * @param help how to fix it; empty for none
     * @throws RefusedException once there are {@value #MAXIMUM_ERRORS}
     */
    public void error(Span span, String message, String help) {
        for (var earlier : errors) {
            if (earlier.span().start() == span.start()) {
                return;
            }
        }
        errors.add(new Diagnostic(source, span, Diagnostic.Severity.ERROR, message, help));
        if (errors.size() == MAXIMUM_ERRORS) {
            stopIfErrors();
        }
    }

    /**
     * Reports something that is allowed but will fail, or was hardly meant. A second warning at the same place is
     * ignored.
     *
     * @param span the place
     * @param message what is wrong
     * @param help what to do about it; empty for none
     */
    public void warning(Span span, String message, String help) {
        for (var earlier : warnings) {
            if (earlier.span().start() == span.start()) {
                return;
            }
        }
        warnings.add(new Diagnostic(source, span, Diagnostic.Severity.WARNING, message, help));
    }

    /** {@return the warnings, in the order of their places} */
    public List<Diagnostic> warnings() {
        return sorted(warnings);
    }

    private static List<Diagnostic> sorted(List<Diagnostic> list) {
        var sorted = new ArrayList<>(list);
        sorted.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
        return List.copyOf(sorted);
    }

    /**
     * Ends the compilation if an error has been reported.
     *
     * @throws RefusedException with all errors, in the order of their places
     */
    public void stopIfErrors() {
        if (!errors.isEmpty()) {
            throw new RefusedException(sorted(errors));
        }
    }

    /** {@return whether an error has been reported} */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }
}

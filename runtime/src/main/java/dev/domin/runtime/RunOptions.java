package dev.domin.runtime;

import dev.domin.spi.Limits;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options for a run of a script. Immutable.
 *
 * <pre>{@code
 * var options = RunOptions.builder().arguments("--verbose").out(log).build();
 * }</pre>
 */
public final class RunOptions {

    /** No arguments, the standard streams of {@link System}, no listener. */
    public static final RunOptions DEFAULTS = builder().build();

    private final List<String> arguments;
    private final @Nullable OutputStream out; // null: System.out at the time
    private final @Nullable OutputStream err; // null: System.err at the time
    private final @Nullable InputStream in; // null: System.in at the time
    private final RunListener listener;
    private final boolean failFast;
    private final boolean runsMain;
    private final @Nullable Limits limits; // null: the defaults, which need not be loaded at the start
    private final @Nullable Duration maxDuration;
    private final Map<Class<?>, Object> services;

    private RunOptions(Builder builder) {
        this.arguments = builder.arguments;
        this.out = builder.out;
        this.err = builder.err;
        this.in = builder.in;
        this.listener = builder.listener;
        this.failFast = builder.failFast;
        this.runsMain = builder.runsMain;
        this.limits = builder.limits;
        this.maxDuration = builder.maxDuration;
        this.services = builder.services.isEmpty() ? Map.of() : Map.copyOf(builder.services);
    }

    /** {@return a builder with the default options} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the script's arguments, read through {@code builtin:os}, as Java text} */
    public List<String> arguments() {
        return arguments;
    }

    /** {@return where {@code printf} writes} */
    public OutputStream out() {
        return out != null ? out : System.out;
    }

    /** {@return where plugins write messages, such as those of {@code log}} */
    public OutputStream err() {
        return err != null ? err : System.err;
    }

    /** {@return what {@code os.ReadLine} reads} */
    public InputStream in() {
        return in != null ? in : System.in;
    }

    /** {@return the listener for failures and warnings} */
    public RunListener listener() {
        return listener;
    }

    /** {@return whether the first error of a callback stops the script} */
    public boolean failFast() {
        return failFast;
    }

    /** {@return whether {@code main} is run; if not, the run stays open for calls until it is closed} */
    public boolean runsMain() {
        return runsMain;
    }

    /** {@return the limits for what the script uses} */
    public Limits limits() {
        return limits == null ? Limits.DEFAULTS : limits;
    }

    /** {@return the limits; null for the defaults} */
    @Nullable
    Limits limitsSet() {
        return limits;
    }

    /** {@return the maximum duration of the run; null if unlimited} */
    public @Nullable Duration maxDuration() {
        return maxDuration;
    }

    /**
     * Looks up a service for plugins.
     *
     * @param type the class of the service
     * @param <T> the class of the service
     * @return the service, or empty
     */
    public <T> Optional<T> service(Class<T> type) {
        return Optional.ofNullable(type.cast(services.get(type)));
    }

    /** A builder of options. Not thread-safe. */
    public static final class Builder {

        private List<String> arguments = List.of();
        private @Nullable OutputStream out; // null: System.out at the time
        private @Nullable OutputStream err; // null: System.err at the time
        private @Nullable InputStream in; // null: System.in at the time
        private RunListener listener = new RunListener() {};
        private boolean failFast;
        private boolean runsMain = true;
        private @Nullable Limits limits; // null: the defaults
        private @Nullable Duration maxDuration;
        private final Map<Class<?>, Object> services = new HashMap<>(0);

        private Builder() {}

        /**
         * Sets the script's arguments, which it reads through {@code builtin:os}.
         *
         * @param texts the arguments, none by default
         * @return this builder
         */
        public Builder arguments(String... texts) {
            return arguments(List.of(texts));
        }

        /**
         * Sets the script's arguments, which it reads through {@code builtin:os}.
         *
         * @param texts the arguments, none by default
         * @return this builder
         */
        public Builder arguments(List<String> texts) {
            arguments = List.copyOf(texts);
            return this;
        }

        /**
         * Sets where {@code printf} writes. Each call is written in one piece and flushed. An {@link
         * java.io.IOException} is an error of the script, except {@link ReaderGoneException}, which cancels the run.
         *
         * @param stream the stream, which the run does not close; {@link System#out} by default
         * @return this builder
         */
        public Builder out(OutputStream stream) {
            out = Objects.requireNonNull(stream, "out");
            return this;
        }

        /**
         * Sets where plugins write messages, such as those of {@code log}: as {@link #out} is written.
         *
         * @param stream the stream, which the run does not close; {@link System#err} by default
         * @return this builder
         */
        public Builder err(OutputStream stream) {
            err = Objects.requireNonNull(stream, "err");
            return this;
        }

        /**
         * Sets what {@code os.ReadLine} reads. It is read by a thread of its own, and only if the script asks for it. A
         * read that waits when the run ends is left waiting.
         *
         * @param stream the stream, which the run does not close; {@link System#in} by default
         * @return this builder
         */
        public Builder in(InputStream stream) {
            in = Objects.requireNonNull(stream, "in");
            return this;
        }

        /**
         * Sets the listener for failures and warnings during the run; {@link ScriptRun#failures} returns the failures
         * too.
         *
         * @param runListener the listener
         * @return this builder
         */
        public Builder listener(RunListener runListener) {
            listener = Objects.requireNonNull(runListener, "listener");
            return this;
        }

        /**
         * Sets whether the first error of a callback stops the script.
         *
         * @param stops whether it does; false by default
         * @return this builder
         */
        public Builder failFast(boolean stops) {
            failFast = stops;
            return this;
        }

        /**
         * Sets that {@code main} is not run: the run stays open for {@link ScriptRun#call} until it is cancelled or
         * closed.
         *
         * @return this builder
         */
        public Builder withoutMain() {
            runsMain = false;
            return this;
        }

        /**
         * Limits what the script uses: the size of a value, the number of timers, of open servers and so on. Exceeding
         * a limit is an error of the script.
         *
         * @param runLimits the limits; {@link Limits#DEFAULTS} by default
         * @return this builder
         */
        public Builder limits(Limits runLimits) {
            limits = Objects.requireNonNull(runLimits, "limits");
            return this;
        }

        /**
         * Limits the duration of the run. A run that takes longer is cancelled and counts as failed.
         *
         * @param limit above zero; no limit by default
         * @return this builder
         * @throws IllegalArgumentException if it is not above zero
         */
        public Builder maxDuration(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("maxDuration is " + limit + "; it must be above zero");
            }
            maxDuration = limit;
            return this;
        }

        /**
         * Provides a service to the plugins of the run, which look it up with {@code ScriptContext.service}. An example
         * is {@code dev.domin.udp.UdpCustomizer}, which is called for each UDP endpoint that the script opens.
         *
         * @param type the class that plugins look up
         * @param service the object that they get
         * @param <T> the class
         * @return this builder
         */
        public <T> Builder service(Class<T> type, T service) {
            services.put(type, Objects.requireNonNull(service, "service"));
            return this;
        }

        /** {@return the options} */
        public RunOptions build() {
            return new RunOptions(this);
        }
    }
}

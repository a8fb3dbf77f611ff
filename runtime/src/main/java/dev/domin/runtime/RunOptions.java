package dev.domin.runtime;

import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to run a script. Immutable.
 *
 * <pre>{@code
 * var options = RunOptions.builder().arguments("--verbose").out(log).build();
 * }</pre>
 */
public final class RunOptions {

    /** No arguments, {@link System#out}, nobody is told of errors. */
    public static final RunOptions DEFAULTS = builder().build();

    private final List<String> arguments;
    private final @Nullable OutputStream out; // null: System.out at the time
    private final RunListener listener;
    private final boolean failFast;
    private final boolean runsMain;
    private final int maxOpen;
    private final @Nullable Duration maxDuration;
    private final Map<Class<?>, Object> services;

    private RunOptions(Builder builder) {
        this.arguments = builder.arguments;
        this.out = builder.out;
        this.listener = builder.listener;
        this.failFast = builder.failFast;
        this.runsMain = builder.runsMain;
        this.maxOpen = builder.maxOpen;
        this.maxDuration = builder.maxDuration;
        this.services = builder.services.isEmpty() ? Map.of() : Map.copyOf(builder.services);
    }

    /** {@return a builder that has the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return what the script reads through {@code builtin:os}, as Java text} */
    public List<String> arguments() {
        return arguments;
    }

    /** {@return where {@code printf} writes} */
    public OutputStream out() {
        return out != null ? out : System.out;
    }

    /** {@return who is told of errors} */
    public RunListener listener() {
        return listener;
    }

    /** {@return whether the first error of a callback stops the script} */
    public boolean failFast() {
        return failFast;
    }

    /** {@return whether {@code main} is run; else the run stays open for calls until it is closed} */
    public boolean runsMain() {
        return runsMain;
    }

    /** {@return how many servers, clients and the like may be open at a time} */
    public int maxOpen() {
        return maxOpen;
    }

    /** {@return how long the run may last; null for as long as it likes} */
    public @Nullable Duration maxDuration() {
        return maxDuration;
    }

    /**
     * Finds what plugins are offered.
     *
     * @param type its class
     * @param <T> its class
     * @return the object, or empty
     */
    public <T> Optional<T> service(Class<T> type) {
        return Optional.ofNullable(type.cast(services.get(type)));
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {

        private List<String> arguments = List.of();
        private @Nullable OutputStream out; // null: System.out at the time
        private RunListener listener = new RunListener() {};
        private boolean failFast;
        private boolean runsMain = true;
        private int maxOpen = Integer.MAX_VALUE;
        private @Nullable Duration maxDuration;
        private final Map<Class<?>, Object> services = new HashMap<>(0);

        private Builder() {}

        /**
         * Sets what the script reads through {@code builtin:os}.
         *
         * @param texts the arguments, none by default
         * @return this builder
         */
        public Builder arguments(String... texts) {
            return arguments(List.of(texts));
        }

        /**
         * Sets what the script reads through {@code builtin:os}.
         *
         * @param texts the arguments, none by default
         * @return this builder
         */
        public Builder arguments(List<String> texts) {
            arguments = List.copyOf(texts);
            return this;
        }

        /**
         * Sets where {@code printf} writes: in whole pieces, flushed each time. An {@link java.io.IOException} is an
         * error of the script, but for {@link ReaderGoneException}, which cancels the run.
         *
         * @param stream the stream, which the run does not close; {@link System#out} by default
         * @return this builder
         */
        public Builder out(OutputStream stream) {
            out = Objects.requireNonNull(stream, "out");
            return this;
        }

        /**
         * Sets who is told of errors while the script runs; {@link ScriptRun#failures} has them, too.
         *
         * @param told the listener
         * @return this builder
         */
        public Builder listener(RunListener told) {
            listener = Objects.requireNonNull(told, "listener");
            return this;
        }

        /**
         * Sets whether the first error of a callback stops the script.
         *
         * @param stops whether; it does not by default
         * @return this builder
         */
        public Builder failFast(boolean stops) {
            failFast = stops;
            return this;
        }

        /**
         * Does not run {@code main}: the run stays open, for {@link ScriptRun#call}, until it is cancelled or closed.
         *
         * @return this builder
         */
        public Builder withoutMain() {
            runsMain = false;
            return this;
        }

        /**
         * Limits how many servers, clients and calls from Java may be open at a time. What would open one more is an
         * error of the script.
         *
         * @param limit at least 0; no limit by default
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxOpen(int limit) {
            if (limit < 0) {
                throw new IllegalArgumentException("maxOpen is " + limit + "; it has to be at least 0");
            }
            maxOpen = limit;
            return this;
        }

        /**
         * Limits how long the run may last. A run that lasts longer is cancelled, and has failed.
         *
         * @param limit above zero; no limit by default
         * @return this builder
         * @throws IllegalArgumentException if it is not above zero
         */
        public Builder maxDuration(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("maxDuration is " + limit + "; it has to be above zero");
            }
            maxDuration = limit;
            return this;
        }

        /**
         * Offers something to the plugins of the run, which find it by {@code ScriptContext.service}: such as a
         * {@code dev.domin.udp.UdpCustomizer}, which is asked for each UDP endpoint that the script opens.
         *
         * @param type the class that plugins ask for
         * @param service what they get
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

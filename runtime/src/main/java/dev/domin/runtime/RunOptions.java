package dev.domin.runtime;

import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
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

    private RunOptions(Builder builder) {
        this.arguments = builder.arguments;
        this.out = builder.out;
        this.listener = builder.listener;
        this.failFast = builder.failFast;
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

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {

        private List<String> arguments = List.of();
        private @Nullable OutputStream out; // null: System.out at the time
        private RunListener listener = new RunListener() {};
        private boolean failFast;

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

        /** {@return the options} */
        public RunOptions build() {
            return new RunOptions(this);
        }
    }
}

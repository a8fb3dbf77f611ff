package dev.domin.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

// The file is long because the contracts of twelve options belong in one place, beside their builder.

/**
 * The options of an endpoint. Immutable.
 *
 * <pre>{@code
 * var options = UdpOptions.builder().timeout(Duration.ofMillis(200)).onError(log::warn).build();
 * }</pre>
 */
public final class UdpOptions {

    /** 127.0.0.1 at a port that the system chooses, no timeout, batches under load. */
    public static final UdpOptions DEFAULTS = builder().build();

    private final Builder values; // a copy that is never changed

    private UdpOptions(Builder values) {
        this.values = values;
    }

    /** {@return a builder that has the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that has these options} */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** {@return the loopback address to bind} */
    public InetAddress address() {
        return values.address;
    }

    /** {@return the port to bind; 0 lets the system choose one} */
    public int port() {
        return values.port;
    }

    /** {@return how long a packet may take, or empty for no limit} */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(values.timeout);
    }

    /** {@return how long a closing endpoint waits for running handlers before it cancels them} */
    public Duration closeGrace() {
        return values.closeGrace;
    }

    /** {@return the size in bytes of the socket's receive buffer to ask for; the system may grant less} */
    public int receiveBuffer() {
        return values.receiveBuffer;
    }

    /** {@return how many packets may be handled at once, including late ones} */
    public int maxBuffers() {
        return values.maxBuffers;
    }

    /** {@return whether packets are received and answers sent in batches} */
    public Batching batching() {
        return values.batching;
    }

    /** {@return for how long to poll, or empty if the engine chooses} */
    public Optional<Duration> polling() {
        return Optional.ofNullable(values.polling);
    }

    /** {@return the name of the receiving thread, or empty if it is named after the port} */
    public Optional<String> threadName() {
        return Optional.ofNullable(values.threadName);
    }

    /** {@return the error listener, or empty for the system's logger} */
    public Optional<Consumer<? super Throwable>> onError() {
        return Optional.ofNullable(values.onError);
    }

    /** {@return the observer, or empty} */
    public Optional<UdpObserver> observer() {
        return Optional.ofNullable(values.observer);
    }

    /** {@return the impairment, or empty} */
    public Optional<UdpImpairment> impairment() {
        return Optional.ofNullable(values.impairment);
    }

    InetSocketAddress bindAddress() {
        return new InetSocketAddress(values.address, values.port);
    }

    long timeoutNanos() {
        return values.timeout == null ? -1 : nanos(values.timeout);
    }

    long pollNanos() {
        return values.polling == null ? -1 : nanos(values.polling);
    }

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", got " + value);
        }
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Builder.MAX_DURATION) > 0 ? Builder.MAX_DURATION.toNanos() : duration.toNanos();
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {

        private static final byte[] LOOPBACK = {127, 0, 0, 1};
        private static final int MAX_PORT = 65_535;
        private static final int MAX_BUFFERS = 65_536;
        private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
        private static final Duration MAX_POLLING = Duration.ofSeconds(1);
        private static final Duration MAX_DURATION = Duration.ofDays(100 * 365);

        private InetAddress address = loopback();
        private int port;
        private @Nullable Duration timeout; // null: none
        private Duration closeGrace = Duration.ofSeconds(5);
        private int receiveBuffer = 8 << 20;
        private int maxBuffers = 64;
        private Batching batching = Batching.AUTO;
        private @Nullable Duration polling; // null: the engine chooses
        private @Nullable String threadName; // null: after the port
        private @Nullable Consumer<? super Throwable> onError; // null: the system's logger
        private @Nullable UdpObserver observer; // null: none
        private @Nullable UdpImpairment impairment; // null: none

        private Builder() {}

        private Builder(Builder other) {
            address = other.address;
            port = other.port;
            timeout = other.timeout;
            closeGrace = other.closeGrace;
            receiveBuffer = other.receiveBuffer;
            maxBuffers = other.maxBuffers;
            batching = other.batching;
            polling = other.polling;
            threadName = other.threadName;
            onError = other.onError;
            observer = other.observer;
            impairment = other.impairment;
        }

        /**
         * Binds another loopback address than 127.0.0.1, such as 127.0.0.2 or ::1.
         *
         * @param loopback the address
         * @return this builder
         * @throws IllegalArgumentException if it is not a loopback address
         */
        public Builder address(InetAddress loopback) {
            if (!loopback.isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "an endpoint binds a loopback address only, not " + loopback.getHostAddress());
            }
            address = loopback;
            return this;
        }

        /**
         * Binds a port.
         *
         * @param number the port, 1 to 65535; 0, the default, lets the system choose one
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder port(int number) {
            check("port", number, 0, MAX_PORT);
            port = number;
            return this;
        }

        /**
         * Limits how long a packet may take, from the moment at which its turn comes.
         *
         * @param limit the limit; less than a millisecond behaves as one millisecond
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder timeout(Duration limit) {
            timeout = atLeast("timeout", limit, MIN_TIMEOUT);
            return this;
        }

        /**
         * Sets no limit for how long a packet may take, which is the default.
         *
         * @return this builder
         */
        public Builder noTimeout() {
            timeout = null;
            return this;
        }

        /**
         * Sets how long a closing endpoint waits for running handlers before it cancels them.
         *
         * @param grace the time; 5 seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder closeGrace(Duration grace) {
            Duration checked = atLeast("closeGrace", grace, Duration.ZERO);
            closeGrace = checked.compareTo(MAX_DURATION) > 0 ? MAX_DURATION : checked;
            return this;
        }

        /**
         * Asks for a size of the socket's receive buffer.
         *
         * @param bytes the size; 8 MiB by default. The system may grant less
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder receiveBuffer(int bytes) {
            check("receiveBuffer", bytes, 1, Integer.MAX_VALUE);
            receiveBuffer = bytes;
            return this;
        }

        /**
         * Limits how many packets may be handled at once, including late ones.
         *
         * @param most the limit, 1 to 65536; 64 by default. Buffers are created when first needed
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder maxBuffers(int most) {
            check("maxBuffers", most, 1, MAX_BUFFERS);
            maxBuffers = most;
            return this;
        }

        /**
         * Chooses whether packets are received and answers sent in batches.
         *
         * @param choice {@link Batching#AUTO} by default
         * @return this builder
         */
        public Builder batching(Batching choice) {
            batching = Objects.requireNonNull(choice, "batching");
            return this;
        }

        /**
         * Limits for how long the receiver polls for the next packet before it sleeps, where polling has been
         * successful lately. Only an endpoint that works in batches polls.
         *
         * @param limit at most a second; 0 never polls. By default the system property {@code dev.domin.udp.pollMicros}
         *     decides, and without that the engine
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder polling(Duration limit) {
            Duration checked = atLeast("polling", limit, Duration.ZERO);
            if (checked.compareTo(MAX_POLLING) > 0) {
                throw new IllegalArgumentException("polling must be at most " + MAX_POLLING + ", got " + limit);
            }
            polling = checked;
            return this;
        }

        /**
         * Names the receiving thread.
         *
         * @param name the name; by default it has the port's number
         * @return this builder
         */
        public Builder threadName(String name) {
            threadName = Objects.requireNonNull(name, "threadName");
            return this;
        }

        /**
         * Sets the listener for exceptions of handlers and errors of the socket. It is called on the thread where they
         * happened, or on a thread of its own. It should not wait, since this endpoint may receive nothing meanwhile;
         * what it throws is ignored.
         *
         * @param listener the listener; by default errors go to {@link System.Logger}
         * @return this builder
         */
        public Builder onError(Consumer<? super Throwable> listener) {
            onError = Objects.requireNonNull(listener, "onError");
            return this;
        }

        /**
         * Sets the observer, which is notified of every packet.
         *
         * @param listener the observer; by default there is none, which costs nothing
         * @return this builder
         */
        public Builder observer(UdpObserver listener) {
            observer = Objects.requireNonNull(listener, "observer");
            return this;
        }

        /**
         * Sets the impairment of packets and answers.
         *
         * @param network the impairment; by default there is none, which costs nothing
         * @return this builder
         */
        public Builder impairment(UdpImpairment network) {
            impairment = Objects.requireNonNull(network, "impairment");
            return this;
        }

        /** {@return the options} */
        public UdpOptions build() {
            return new UdpOptions(new Builder(this));
        }

        private static Duration atLeast(String name, Duration value, Duration least) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(name + " must not be negative, got " + value);
            }
            return value.compareTo(least) < 0 ? least : value;
        }

        private static InetAddress loopback() {
            try {
                return InetAddress.getByAddress(LOOPBACK);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(e); // for a wrong number of octets only
            }
        }
    }
}

package dev.domin.testkit;

import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Listens to endpoints that other code opens, such as those of a script: their packets are in one journal, may be
 * recorded, and meet injected faults.
 *
 * <pre>{@code
 * var tap = UdpTap.builder().recordTo(Path.of("run.pcapng")).build();
 * try (tap; var endpoint = UdpEndpoint.open(tap.addTo("echo", UdpOptions.builder()).build(), handler)) { ... }
 * }</pre>
 *
 * <p>May be used from any thread, for any number of endpoints.
 */
public final class UdpTap implements UdpCustomizer, AutoCloseable {

    private final JournalSearch search;
    private final Journal journal;
    private final Faults faults;
    private final boolean impairing;
    private final @Nullable Recorder recorder;
    private final Sinks sinks;
    private final TappedEndpoints endpoints = new TappedEndpoints();
    private volatile @Nullable Consumer<Throwable> onLateError; // where the recording ends with the last of them

    private UdpTap(Builder options, Supplier<List<String>> errors, @Nullable Stubs stubs) throws IOException {
        faults = options.faults;
        JournalStore store = new JournalStore(options.limits);
        search = new JournalSearch(store, new ReportSources() {

            @Override
            public String faults() {
                return faults.toString();
            }

            @Override
            public List<String> errors() {
                return errors.get();
            }

            @Override
            public String explain(Miss miss) {
                return stubs == null ? "" : stubs.explain(miss);
            }

            @Override
            public boolean isClosed() {
                return endpoints.isAllClosed();
            }
        });
        journal = new Journal(store, search);
        impairing = options.impairing;
        recorder = options.recording == null ? null : new Recorder(options.recording, store);
        sinks = new Sinks(store, recorder, options.listener);
    }

    /** {@return a builder: with a journal and faults, and without a recording} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the journal of all endpoints} */
    public Journal journal() {
        return journal;
    }

    /**
     * {@return the faults of all endpoints}
     *
     * @throws IllegalStateException if this was built without faults
     */
    public Faults faults() {
        if (!impairing) {
            throw new IllegalStateException("built without faults: leave out withoutFaults()");
        }
        return faults;
    }

    /** {@return all endpoints, in the order in which they were opened; of those that have terminated the last 100} */
    public List<TappedEndpoint> endpoints() {
        return endpoints.snapshots();
    }

    /**
     * Records why a packet fails, for {@link Packet#reason}. Called by the code that handles a packet of one of the
     * endpoints, on the thread that handles it; on any other thread this does nothing.
     *
     * @param reason the reason
     */
    public void explain(String reason) {
        endpoints.open().forEach(each -> each.explain(reason));
    }

    /** Adds an observer, and an impairment unless this was built without faults. */
    @Override
    public void customize(String name, UdpOptions.Builder options) {
        tap("callback " + name, options);
    }

    /**
     * Adds an observer, and an impairment unless this was built without faults, to the options of one endpoint.
     *
     * @param handler what handles its packets, in words, for {@link Packet#handledBy}
     * @param options the options of the endpoint
     * @return the options
     */
    public UdpOptions.Builder addTo(String handler, UdpOptions.Builder options) {
        tap(handler, options);
        return options;
    }

    /**
     * Ends the recording, once the endpoints are closed. Packets that come later are not recorded.
     *
     * @throws IOException if the recording could not be written
     */
    @Override
    public void close() throws IOException {
        endpoints.open().forEach(EndpointTap::finish);
        if (recorder != null) {
            recorder.close();
        }
    }

    /**
     * Does what {@link #close} does, but if a handler closes its own endpoint only when that has terminated: it still
     * sends its answer.
     *
     * @param onError gets the error if that is later
     * @throws IOException if that is now, and the recording could not be written
     */
    void closeWithEndpoints(Consumer<Throwable> onError) throws IOException {
        if (endpoints.open().stream().anyMatch(EndpointTap::isHandlingHere)) {
            onLateError = onError;
        } else {
            close();
        }
    }

    /** Called when an endpoint has terminated. */
    void closed(EndpointTap endpoint) {
        endpoints.remove(endpoint);
        Consumer<Throwable> listener = onLateError;
        if (listener != null && endpoints.isNoneLeft()) {
            try {
                close();
            } catch (IOException e) {
                listener.accept(e);
            }
        }
    }

    /**
     * Waits until everything that was sent before the call has arrived, and its fate is decided.
     *
     * @param deadline on the clock of {@link System#nanoTime}
     * @return whether it is in time
     */
    boolean settle(long deadline) throws InterruptedException {
        // Twice: an exception of a handler is reported behind the fate of its packet, before the next packet.
        if (!settleOnce(deadline)) {
            return false;
        }
        return settleOnce(deadline);
    }

    private boolean settleOnce(long deadline) throws InterruptedException {
        for (EndpointTap each : endpoints.open()) {
            if (each.isOpened() && !Markers.await(each, deadline)) {
                return false;
            }
        }
        while (true) {
            long version = store().version();
            if (endpoints.open().stream().allMatch(EndpointTap::isIdle)) {
                return true;
            }
            if (!store().awaitChange(version, deadline)) {
                return false;
            }
        }
    }

    boolean isImpairing() {
        return impairing;
    }

    EndpointTap tap(String name, UdpOptions.Builder options) {
        EndpointTap tap = new EndpointTap(this, faults, sinks, name, endpoints.nextNumber());
        endpoints.add(tap);
        options.observer(tap);
        if (impairing) {
            options.impairment(tap);
        }
        return tap;
    }

    JournalStore store() {
        return sinks.store();
    }

    JournalSearch search() {
        return search;
    }

    /** Collects what a tap does; not safe for use by several threads. */
    public static final class Builder {

        private JournalLimits limits = JournalLimits.DEFAULTS;
        private Faults faults = new Faults();
        private boolean impairing = true;
        private @Nullable Path recording;
        private @Nullable Consumer<? super Packet> listener;

        private Builder() {}

        /**
         * Limits the journal.
         *
         * @param packets how many packets it keeps, 10,000 by default; 0 turns it off
         * @param bytes how many bytes it keeps, 64 MiB by default
         * @return this builder
         */
        public Builder keep(int packets, long bytes) {
            limits = new JournalLimits(packets, bytes);
            return this;
        }

        /**
         * Does without faults, which saves some time for each packet.
         *
         * @return this builder
         */
        public Builder withoutFaults() {
            impairing = false;
            return this;
        }

        /**
         * Records all packets, as {@link UdpServer#recordTo} does.
         *
         * @param file the file, which is created or replaced, in the format pcapng
         * @return this builder
         */
        public Builder recordTo(Path file) {
            recording = file;
            return this;
        }

        /**
         * Notifies a listener of each packet once its fate is decided: one that arrived when it was handled or dropped,
         * one that is sent before the system takes it. For one that is not sent after all it is called again, with
         * {@link Fate#REFUSED} or {@link Fate#CLOSED}. Calls may overlap, and the endpoint continues when the listener
         * has returned. By default there is no listener, which costs nothing.
         *
         * @param listener the listener
         * @return this builder
         */
        public Builder onDecided(Consumer<? super Packet> listener) {
            this.listener = listener;
            return this;
        }

        /**
         * {@return the tap; the caller closes it}
         *
         * @throws IOException if the recording cannot be created
         */
        public UdpTap build() throws IOException {
            return build(List::of, null);
        }

        Builder faults(Faults existing) {
            faults = existing;
            return this;
        }

        UdpTap build(Supplier<List<String>> errors, @Nullable Stubs stubs) throws IOException {
            return new UdpTap(this, errors, stubs);
        }
    }
}

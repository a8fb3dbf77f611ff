package dev.domin.testkit;

import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import dev.domin.udp.UdpStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server that was started: its tap, its endpoint, and what has opened it. */
final class RunningServer {

    /** What has opened the endpoint. */
    interface Owner {

        /** {@return what it reports as failed so far} */
        List<String> failures();

        /** {@return whether it is open} */
        boolean isOpen();

        /** Closes the endpoint, and waits. */
        void close();
    }

    private final UdpTap tap;
    private final EndpointTap first;
    private final Errors errors;
    private final Owner owner;
    private volatile int forgotten; // how many failures of the owner

    RunningServer(UdpTap tap, EndpointTap first, Errors errors, Owner owner) {
        this.tap = tap;
        this.first = first;
        this.errors = errors;
        this.owner = owner;
    }

    /** Opens the endpoint of a server with stubs. */
    static RunningServer of(ServerOptions options, Stubs stubs, Faults faults) throws IOException {
        Errors errors = new Errors();
        UdpTap tap = options.tap(faults).build(errors::texts, stubs);
        try {
            UdpOptions.Builder endpoint =
                    UdpOptions.builder().port(options.port).onError(errors);
            if (options.timeout != null) {
                endpoint.timeout(options.timeout);
            }
            StubHandler handler = new StubHandler(stubs, tap.store());
            EndpointTap first = tap.tap("", endpoint);
            handler.connect(first);
            UdpEndpoint opened = UdpEndpoint.open(endpoint.build(), handler);
            return new RunningServer(tap, first, errors, new EndpointOwner(opened));
        } catch (IOException | RuntimeException e) {
            tap.close();
            throw e;
        }
    }

    private record EndpointOwner(UdpEndpoint endpoint) implements Owner {

        @Override
        public List<String> failures() {
            return List.of();
        }

        @Override
        public boolean isOpen() {
            return endpoint.isOpen();
        }

        @Override
        public void close() {
            endpoint.close();
        }
    }

    InetSocketAddress address() {
        return first.endpoint().address();
    }

    UdpStats stats() {
        return first.endpoint().stats();
    }

    boolean isOpen() {
        return owner.isOpen();
    }

    List<TappedEndpoint> endpoints() {
        return tap.endpoints();
    }

    Journal journal() {
        return tap.journal();
    }

    JournalSearch search() {
        return tap.search();
    }

    JournalReport report() {
        return tap.search().report();
    }

    void send(Reply reply, InetSocketAddress to) {
        if (reply.isFailure()) {
            throw new IllegalArgumentException("a failure can only answer a packet: " + reply);
        }
        if (to.getAddress() == null || !to.getAddress().isLoopbackAddress() || to.getPort() == 0) {
            throw new IllegalArgumentException("datagrams go to a port on a loopback address only, not to " + to);
        }
        first.sentPackets().sendAll(null, reply.datagrams(), to);
    }

    List<String> failures() {
        List<String> reported = owner.failures();
        List<String> all = new ArrayList<>(reported.subList(Math.min(forgotten, reported.size()), reported.size()));
        all.addAll(errors.texts());
        return all;
    }

    /** {@return whether everything that was sent so far has arrived and is decided in time} */
    boolean settle(Duration within) {
        boolean interrupted = Thread.interrupted();
        try {
            return tap.settle(System.nanoTime() + Clock.nanos(within));
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void forgetPast() {
        forgotten = owner.failures().size();
        errors.clear();
        first.sentPackets().cancelDelayed();
        tap.store().reset();
    }

    void close() {
        owner.close();
        try {
            tap.closeWithEndpoints(errors);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording is not complete: " + e.getMessage(), e);
        }
    }
}

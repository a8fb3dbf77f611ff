package dev.domin.cli.trace;

import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpOptions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Traces every UDP endpoint of a run, in addition to another observer that the endpoint may have. */
public final class Trace implements UdpCustomizer {

    private final Consumer<String> out;
    private final List<PacketTrace> traces = new CopyOnWriteArrayList<>();

    /**
     * Creates a trace.
     *
     * @param out takes the lines, without line break, from any thread
     */
    public Trace(Consumer<String> out) {
        this.out = out;
    }

    /**
     * {@inheritDoc}
     *
     * <p>In the lines, endpoints with one name are told apart by a number from the second on: {@code OnPacket#2}.
     */
    @Override
    public void customize(String name, UdpOptions.Builder options) {
        int earlier = 0;
        for (var each : traces) {
            earlier += each.name().equals(name) ? 1 : 0;
        }
        var trace = new PacketTrace(name, earlier == 0 ? name : name + "#" + (earlier + 1), out, Clock.systemUTC());
        traces.add(trace);
        var other = options.build().observer();
        options.observer(other.isPresent() ? other.get().andThen(trace) : trace);
    }

    /** Writes the lines of packets that wait for answers which were not sent. Called when the run has ended. */
    public void close() {
        for (var trace : traces) {
            trace.close();
        }
    }
}

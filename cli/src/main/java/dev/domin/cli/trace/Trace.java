package dev.domin.cli.trace;

import dev.domin.udp.UdpCustomizer;
import dev.domin.udp.UdpOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Traces every UDP endpoint of a run, in addition to another observer that the endpoint may have. */
public final class Trace implements UdpCustomizer {

    private final Consumer<String> out;
    private final List<PacketTrace> traces = new CopyOnWriteArrayList<>(); // of endpoints that have not terminated
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>(); // how many endpoints had each name

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
        int number = numbers.merge(name, 1, Integer::sum);
        String shown = number == 1 ? name : name + "#" + number;
        var trace = new PacketTrace(shown, out, Clock.systemUTC(), traces::remove);
        traces.add(trace);
        var other = options.build().observer();
        options.observer(other.isPresent() ? other.get().andThen(trace) : trace);
    }

    /** Begins to number the endpoints of each name from 1 again, before another run of the script. */
    public void nextRun() {
        numbers.clear();
    }

    /** Writes the lines of packets that wait for answers which were not sent. Called when all runs have ended. */
    public void close() {
        for (var trace : traces) {
            trace.close();
        }
    }
}

package dev.domin.inspector.live;

import dev.domin.testkit.TappedEndpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up how the counts of all endpoints grow. Not safe for use by several threads. */
final class Totals {

    private Map<Integer, TappedEndpoint> last = new HashMap<>();

    /**
     * How much the counts have grown.
     *
     * @param in received packets
     * @param answered sent datagrams
     * @param dropped dropped packets
     * @param lost packets that the system lost; null if it does not say
     */
    record Growth(
            long in, long answered, long dropped, @Nullable Long lost) {}

    /** {@return the growth since the last call} */
    Growth update(List<TappedEndpoint> endpoints) {
        long in = 0;
        long answered = 0;
        long dropped = 0;
        long lost = 0;
        boolean knowsLost = false;
        var now = new HashMap<Integer, TappedEndpoint>();
        for (var endpoint : endpoints) {
            var stats = endpoint.stats();
            var before = last.get(endpoint.number());
            now.put(endpoint.number(), endpoint);
            in += stats.received() - (before == null ? 0 : before.stats().received());
            answered += stats.sent() - (before == null ? 0 : before.stats().sent());
            dropped += stats.dropped() - (before == null ? 0 : before.stats().dropped());
            if (stats.lostByKernel().isPresent()) {
                knowsLost = true;
                lost += stats.lostByKernel().getAsLong()
                        - (before == null ? 0 : before.stats().lostByKernel().orElse(0));
            }
        }
        last = now;
        return new Growth(in, answered, dropped, knowsLost ? lost : null);
    }

    /** Forgets the endpoints, since there are others from now on. */
    void reset() {
        last = new HashMap<>();
    }
}

package dev.domin.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The endpoints of a tap. Safe for use by several threads. */
final class TappedEndpoints {

    /** How many endpoints that have terminated are remembered. */
    private static final int MAX_CLOSED = 100;

    private final List<EndpointTap> open = new CopyOnWriteArrayList<>(); // those that have not terminated
    private final Deque<TappedEndpoint> closed = new ConcurrentLinkedDeque<>(); // the last that have terminated
    private final AtomicInteger numbers = new AtomicInteger();

    /** {@return the number of the next endpoint} */
    int nextNumber() {
        return numbers.incrementAndGet();
    }

    void add(EndpointTap endpoint) {
        open.add(endpoint);
    }

    /** Removes an endpoint that has terminated. */
    void remove(EndpointTap endpoint) {
        if (endpoint.isOpened()) {
            closed.add(endpoint.snapshot());
            if (closed.size() > MAX_CLOSED) {
                closed.poll();
            }
        }
        open.remove(endpoint);
    }

    /** {@return those that have not terminated} */
    List<EndpointTap> open() {
        return open;
    }

    /** {@return whether none of those that have not terminated was opened} */
    boolean isNoneLeft() {
        return open.stream().noneMatch(EndpointTap::isOpened);
    }

    /** {@return whether there was one, and none is open any more} */
    boolean isAllClosed() {
        return (!closed.isEmpty() || !isNoneLeft())
                && open.stream()
                        .noneMatch(each -> each.isOpened() && each.endpoint().isOpen());
    }

    /** {@return all as they are now} */
    List<TappedEndpoint> snapshots() {
        List<TappedEndpoint> all = new ArrayList<>(closed);
        for (EndpointTap each : open) {
            if (each.isOpened()) {
                all.add(each.snapshot());
            }
        }
        all.sort(Comparator.comparingInt(TappedEndpoint::number));
        return all;
    }
}

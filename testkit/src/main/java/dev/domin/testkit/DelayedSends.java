package dev.domin.testkit;

import dev.domin.udp.UdpImpairment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The datagrams of one endpoint that faults delay, and the engine sends later. Thread-safe. */
final class DelayedSends {

    private @Nullable List<Entry> lost = new ArrayList<>(); // null once the endpoint has closed; guarded by this
    private final Sinks sinks;

    DelayedSends(Sinks sinks) {
        this.sinks = sinks;
    }

    /** All copies of one datagram. */
    private final class Copies implements UdpImpairment.Later {
        private final Entry entry;
        private int left; // guarded by this object's monitor, as the next
        private boolean sent;
        private boolean discarded;

        Copies(Entry entry, int count) {
            this.entry = entry;
            this.left = count;
        }

        @Override
        public void passed() {
            over(1, true, false);
        }

        @Override
        public void discarded() {
            over(1, false, true);
        }

        void refused(int count) {
            over(count, false, false);
        }

        private void over(int count, boolean isSent, boolean isDiscarded) {
            boolean isLost;
            synchronized (this) {
                sent |= isSent;
                discarded |= isDiscarded;
                left -= count;
                if (left > 0 || count == 0) {
                    return;
                }
                isLost = discarded && !sent;
            }
            DelayedMemory.release(entry.length());
            if (isLost) {
                lose(entry);
            }
        }
    }

    /**
     * Passes a datagram to the engine, to be sent later.
     *
     * @return how many copies it has accepted
     */
    int pass(Entry entry, FaultOutcome outcome, UdpImpairment.Outlet outlet) {
        if (!DelayedMemory.reserve(entry.length())) {
            return 0;
        }
        Copies copies = new Copies(entry, outcome.copies());
        int accepted = outcome.pass(outlet, copies);
        copies.refused(outcome.copies() - accepted);
        return accepted;
    }

    private void lose(Entry entry) {
        synchronized (this) {
            if (lost != null) {
                lost.add(entry);
                return;
            }
        }
        sinks.closedBefore(entry);
    }

    /** Decides the fate of what the engine has discarded, since the endpoint has closed. */
    void close() {
        List<Entry> all;
        synchronized (this) {
            all = lost == null ? List.of() : lost;
            lost = null;
        }
        Sinks.forAll(all, sinks::closedBefore);
    }
}

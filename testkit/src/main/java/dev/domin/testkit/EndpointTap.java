package dev.domin.testkit;

import dev.domin.udp.Datagram;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpImpairment;
import dev.domin.udp.UdpObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one endpoint. A packet that arrives comes to the impairment first, then, unless it is lost there, to the
 * observer, then to the handler, then its fate is decided, and then its answer comes to the observer and to the
 * impairment. The thread-bound fields connect the calls for one packet.
 */
final class EndpointTap implements UdpObserver, UdpImpairment {

    private final FaultRules rules; // of what arrives
    private final Sinks sinks;
    private final UdpTap owner;
    private final String name; // what handles the packets; empty if the handler tells it
    private final int number;
    private final PassedPackets passed = new PassedPackets();
    private final ConcurrentHashMap<Long, Entry> undecided = new ConcurrentHashMap<>(); // by the engine's number

    @SuppressWarnings("ThreadLocalUsage") // a thread may handle a packet of one endpoint and send from another
    private final ThreadLocal<PacketCalls> calls = ThreadLocal.withInitial(PacketCalls::new);

    private final SentPackets sentPackets;
    private volatile @Nullable UdpEndpoint endpoint;

    EndpointTap(UdpTap owner, Faults faults, Sinks sinks, String name, int number) {
        this.owner = owner;
        this.rules = faults.requests();
        this.sinks = sinks;
        this.name = name;
        this.number = number;
        this.sentPackets = new SentPackets(this::endpoint, owner.isImpairing() ? faults.replies() : null, sinks, calls);
    }

    /** {@return whether the endpoint is, or was, open} */
    boolean isOpened() {
        return endpoint != null;
    }

    /** {@return the endpoint as it is now, once it is open} */
    TappedEndpoint snapshot() {
        UdpEndpoint opened = endpoint();
        return new TappedEndpoint(number, name, opened.address(), opened.isOpen(), opened.stats());
    }

    /** {@return the endpoint, once it is open} */
    UdpEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    /** {@return whether no packet waits or is handled but those that faults have delayed} */
    boolean isIdle() {
        return passed.hasDelayedOnly() && undecided.isEmpty();
    }

    /** {@return whether the calling thread handles a packet of the endpoint} */
    boolean isHandlingHere() {
        return calls.get().handled != null;
    }

    /** Records why the packet fails that the calling thread handles, if it handles one. */
    void explain(String reason) {
        Entry entry = calls.get().handled;
        if (entry != null) {
            store().explain(entry, reason);
        }
    }

    /** {@return what the endpoint sends} */
    SentPackets sentPackets() {
        return sentPackets;
    }

    /** {@return the entry of the packet that this thread handles} */
    Entry current() {
        return Objects.requireNonNull(calls.get().handled);
    }

    @Override
    public void opened(UdpEndpoint opened) {
        endpoint = opened;
    }

    /** Decides the fate of what is still delayed, since nothing is received any more. */
    void finish() {
        try {
            passed.finish(sinks::closedBefore);
        } finally { // whatever a listener throws
            sentPackets.close();
        }
    }

    @Override
    public void closed() {
        try {
            finish();
        } finally {
            owner.closed(this);
        }
    }

    @Override
    public void received(long arrival, Datagram packet, Outlet outlet) {
        if (Markers.take(packet)) {
            return;
        }
        if (rules.isEmpty()) {
            passed.add(arrival, arrived(packet));
            outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
            return;
        }
        Entry entry;
        FaultOutcome outcome;
        synchronized (rules.order()) {
            entry = arrived(packet);
            outcome = sinks.outcome(rules, entry, packet.array(), packet.offset(), packet.length());
        }
        if (outcome.copies() == 0) {
            sinks.decide(entry, Fate.FAULT, outcome.reason());
        } else {
            pass(arrival, entry, outcome, outlet);
        }
    }

    private void pass(long arrival, Entry entry, FaultOutcome outcome, Outlet outlet) {
        int copies = passed.pass(arrival, entry, outcome, outlet);
        if (copies > 0) {
            sinks.noteMissing(entry, copies, outcome);
        } else if (outcome.problem() instanceof Error problem) { // then the engine counts the packet
            sinks.decide(entry, Fate.NO_BUFFER, "lost: " + problem);
            throw problem;
        } else {
            sinks.decide(entry, Fate.FAULT, "lost: " + outcome.shortage());
        }
    }

    private Entry arrived(Datagram packet) {
        Entry entry = store().arrived(local(), packet.sender(), packet.payload(), null);
        sinks.arrived(entry);
        return entry;
    }

    @Override
    public void received(long number, long arrival, Datagram packet) {
        PacketCalls own = calls.get();
        own.handled = null; // should the next line fail
        Entry entry = entryOf(arrival, packet);
        entry.engineNumber = number;
        store().turn(entry, name);
        undecided.put(number, entry);
        passed.delivered(arrival);
        own.handled = entry;
    }

    private Entry entryOf(long arrival, Datagram packet) {
        PassedPackets.Passed before = owner.isImpairing() ? passed.next(arrival) : null;
        if (before == null) {
            return arrived(packet);
        }
        if (before.deliver()) {
            return before.entry();
        }
        return store().isObsolete(before.entry())
                ? before.entry().withPayload(packet.payload()) // in no journal
                : store().arrived(local(), packet.sender(), packet.payload(), before.entry());
    }

    @Override
    public void begun(long number) {
        Entry entry = calls.get().handled;
        if (entry != null && entry.engineNumber == number) {
            store().begun(entry);
        }
    }

    @Override
    public void decided(long number, dev.domin.udp.Fate fate) {
        Entry entry = undecided.remove(number);
        if (entry == null) {
            return;
        }
        @Nullable List<Reply> later = fate == dev.domin.udp.Fate.SILENT ? entry.later : null;
        entry.later = null;
        try {
            sinks.decide(entry, later == null ? Fate.of(fate) : Fate.HANDLED, "");
        } finally { // whatever a listener throws
            if (later != null) {
                sentPackets.sendAll(entry, later, entry.peer());
            }
        }
    }

    @Override
    public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        sentPackets.sent(number, bytes, offset, length, to);
    }

    @Override
    public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
        sentPackets.sending(bytes, offset, length, outlet);
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        sentPackets.refused(number, to, problem);
    }

    @Override
    public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        sentPackets.unsent(bytes, offset, length, to, reason);
    }

    private JournalStore store() {
        return sinks.store();
    }

    private InetSocketAddress local() {
        return endpoint().address();
    }
}

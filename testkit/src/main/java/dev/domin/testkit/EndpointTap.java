package dev.domin.testkit;

import dev.domin.udp.Datagram;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpImpairment;
import dev.domin.udp.UdpObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
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

    private final Faults faults;
    private final Sinks sinks;
    private final UdpTap owner;
    private final String name; // what handles the packets; empty if the handler tells it
    private final int number;
    private final PassedPackets passed = new PassedPackets();
    private final ConcurrentHashMap<Long, Entry> undecided = new ConcurrentHashMap<>(); // by the engine's number

    @SuppressWarnings("ThreadLocalUsage") // a thread may handle a packet of one endpoint and send from another
    private final ThreadLocal<PacketCalls> calls = ThreadLocal.withInitial(PacketCalls::new);

    private final DelayedSends later = new DelayedSends();
    private volatile @Nullable UdpEndpoint endpoint;

    EndpointTap(UdpTap owner, Faults faults, Sinks sinks, String name, int number) {
        this.owner = owner;
        this.faults = faults;
        this.sinks = sinks;
        this.name = name;
        this.number = number;
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

    /** {@return the entry of the packet that this thread handles} */
    Entry current() {
        return Objects.requireNonNull(calls.get().handled);
    }

    /**
     * Sends datagrams, each after its delay.
     *
     * @param packet what they answer, which is handled already; or null
     */
    void sendAll(@Nullable Entry packet, List<Reply> replies, InetSocketAddress to) {
        for (Reply reply : replies) {
            if (reply.delay().isZero()) {
                send(packet, reply, to);
            } else {
                later.schedule(reply.delay(), () -> send(packet, reply, to), () -> closedBefore(packet, reply, to));
            }
        }
    }

    /** Forgets the replies that are to be sent later. */
    void cancelDelayed() {
        later.cancel();
    }

    /** {@return whether it arrived before the server was last reset, so that its answers must not come any more} */
    private boolean isObsolete(@Nullable Entry packet) {
        return packet != null && store().isObsolete(packet);
    }

    private void closedBefore(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (!isObsolete(packet)) {
            sinks.abandon(store().sending(local(), to, reply.raw(), packet, 0), "delayed when the server closed");
        }
    }

    private void send(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (isObsolete(packet)) {
            return;
        }
        PacketCalls own = calls.get();
        own.answered = packet;
        try {
            endpoint().send(reply.raw(), to);
        } catch (IOException e) {
            // The journal has it: see refused.
        } finally {
            own.answered = null;
        }
    }

    @Override
    public void opened(UdpEndpoint opened) {
        endpoint = opened;
    }

    /** Decides the fate of what is still delayed, since nothing is received any more. */
    void finish() {
        passed.finish(entry -> sinks.decide(entry, Fate.CLOSED, "delayed when the server closed"));
        later.close().forEach(entry -> sinks.decide(entry, Fate.CLOSED, "delayed when the server closed"));
    }

    @Override
    public void closed() {
        finish();
        owner.closed(this);
    }

    @Override
    public void received(long arrival, Datagram packet, Outlet outlet) {
        if (Markers.take(packet)) {
            return;
        }
        FaultRules rules = faults.requests();
        if (rules.isEmpty()) {
            passed.add(arrival, arrived(packet), 1, false);
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
            passed.add(arrival, entry, outcome.copies(), outcome.isDelayed());
            outcome.pass(outlet);
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
        sinks.decide(entry, later == null ? Fate.of(fate) : Fate.HANDLED, "");
        if (later != null) {
            sendAll(entry, later, entry.peer());
        }
    }

    @Override
    public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        PacketCalls own = calls.get();
        Entry packet = number == 0 ? own.answered : own.handled;
        boolean answers = packet != null && (number == 0 || number == packet.engineNumber);
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        FaultRules rules = faults.replies();
        if (!owner.isImpairing() || rules.isEmpty()) {
            own.sends(store().sending(local(), to, payload, answers ? packet : null, number), null, false);
        } else {
            synchronized (rules.order()) {
                Entry entry = store().sending(local(), to, payload, answers ? packet : null, number);
                FaultOutcome outcome = null;
                try {
                    outcome = sinks.outcome(rules, entry, bytes, offset, length);
                } finally {
                    own.sends(entry, outcome, outcome == null);
                }
            }
        }
        if (!owner.isImpairing()) {
            sinks.sent(Objects.requireNonNull(own.sent));
        }
    }

    @Override
    public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
        PacketCalls own = calls.get();
        Entry entry = own.sent;
        FaultOutcome outcome = own.outcome;
        own.sent = null;
        if (own.lost) {
            return; // a rule has failed
        }
        if (entry != null && outcome != null) {
            later.note(entry, outcome);
            if (outcome.copies() == 0) {
                store().decide(entry, Fate.FAULT, outcome.reason());
            }
        }
        if (entry != null) {
            sinks.sent(entry); // before the client has it: its next request comes later in the recording
        }
        if (outcome == null) {
            outlet.pass(bytes, offset, length, 0);
        } else {
            outcome.pass(outlet);
        }
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        Entry entry = store().lastSent(local(), to, number);
        if (entry != null) {
            boolean open = endpoint().isOpen();
            store().decide(entry, open ? Fate.REFUSED : Fate.CLOSED, open ? String.valueOf(problem.getMessage()) : "");
            sinks.changed(entry);
        }
    }

    @Override
    public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        sinks.abandon(store().sending(local(), to, payload, null, 0), reason);
    }

    private JournalStore store() {
        return sinks.store();
    }

    private InetSocketAddress local() {
        return endpoint().address();
    }
}

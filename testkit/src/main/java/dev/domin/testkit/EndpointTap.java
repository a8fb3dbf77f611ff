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

    /** A packet that the impairment has passed on, once or several times. */
    private static final class Passed {
        final Entry entry;
        int left; // deliveries; used by the thread that receives, as the next
        boolean delivered;

        Passed(Entry entry, int copies) {
            this.entry = entry;
            this.left = copies;
        }
    }

    /** What the calls of one thread for one packet share. */
    private static final class Calls {
        @Nullable
        Entry handled; // the packet in the handler, or the one that the engine answers

        @Nullable
        Entry answered; // what the kit itself answers

        @Nullable
        Entry sent; // between sent and sending
    }

    private final JournalStore store;
    private final Faults faults;
    private final @Nullable Recorder recorder;
    private final UdpTap owner;
    private final String name; // what handles the packets; empty if the handler tells it
    private final ConcurrentHashMap<Long, Passed> passed = new ConcurrentHashMap<>(); // by arrival
    private final ConcurrentHashMap<Long, Entry> undecided = new ConcurrentHashMap<>(); // by the engine's number

    @SuppressWarnings("ThreadLocalUsage") // a thread may handle a packet of one endpoint and send from another
    private final ThreadLocal<Calls> calls = ThreadLocal.withInitial(Calls::new);

    private final DelayedSends later = new DelayedSends();
    private volatile @Nullable UdpEndpoint endpoint;

    EndpointTap(UdpTap owner, JournalStore store, Faults faults, @Nullable Recorder recorder, String name) {
        this.owner = owner;
        this.store = store;
        this.faults = faults;
        this.recorder = recorder;
        this.name = name;
    }

    /** {@return whether the endpoint is, or was, open} */
    boolean isOpened() {
        return endpoint != null;
    }

    /** {@return the endpoint, once it is open} */
    UdpEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    /** {@return whether the calling thread handles a packet of the endpoint} */
    boolean isHandlingHere() {
        return calls.get().handled != null;
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
        return packet != null && store.isObsolete(packet);
    }

    private void closedBefore(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (isObsolete(packet)) {
            return;
        }
        Entry entry = store.sending(local(), to, reply.raw(), packet, 0);
        store.decide(entry, Fate.CLOSED, "delayed when the server closed");
    }

    private void send(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (isObsolete(packet)) {
            return;
        }
        Calls own = calls.get();
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
        passed.values().forEach(each -> {
            if (!each.delivered) {
                decide(each.entry, Fate.CLOSED, "delayed when the server closed");
            }
        });
        passed.clear();
        later.close().forEach(entry -> decide(entry, Fate.CLOSED, "delayed when the server closed"));
    }

    @Override
    public void closed() {
        finish();
        owner.closed(this);
    }

    @Override
    public void received(long arrival, Datagram packet, Outlet outlet) {
        Entry entry = store.arrived(local(), packet.sender(), packet.payload(), null);
        if (recorder != null) {
            recorder.arrived(entry);
        }
        if (faults.requests().isEmpty()) {
            passed.put(arrival, new Passed(entry, 1));
            outlet.pass(packet.array(), packet.offset(), packet.length(), 0);
            return;
        }
        FaultOutcome outcome = outcome(faults.requests(), entry, packet.array(), packet.offset(), packet.length());
        if (outcome.copies() == 0) {
            decide(entry, Fate.FAULT, outcome.reason());
        } else {
            passed.put(arrival, new Passed(entry, outcome.copies()));
            outcome.pass(outlet);
        }
    }

    @Override
    public void received(long number, long arrival, Datagram packet) {
        Calls own = calls.get();
        own.handled = null; // should the next line fail
        Entry entry = entryOf(arrival, packet);
        entry.engineNumber = number;
        if (!name.isEmpty()) {
            store.handledBy(entry, name);
        }
        undecided.put(number, entry);
        own.handled = entry;
    }

    private Entry entryOf(long arrival, Datagram packet) {
        Passed before = owner.isImpairing() ? passed.get(arrival) : null;
        if (before == null) {
            Entry entry = store.arrived(local(), packet.sender(), packet.payload(), null);
            if (recorder != null) {
                recorder.arrived(entry);
            }
            return entry;
        }
        if (--before.left == 0) {
            passed.remove(arrival);
        }
        if (before.delivered && store.isObsolete(before.entry)) {
            return before.entry.withPayload(packet.payload()); // in no journal
        }
        if (before.delivered) {
            return store.arrived(local(), packet.sender(), packet.payload(), before.entry);
        }
        before.delivered = true;
        return before.entry;
    }

    @Override
    public void decided(long number, dev.domin.udp.Fate fate) {
        Entry entry = undecided.remove(number);
        if (entry == null) {
            return;
        }
        @Nullable List<Reply> later = fate == dev.domin.udp.Fate.SILENT ? entry.later : null;
        decide(entry, later == null ? Fate.of(fate) : Fate.HANDLED, "");
        if (later != null) {
            sendAll(entry, later, entry.peer());
        }
    }

    @Override
    public void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        Calls own = calls.get();
        Entry packet = number == 0 ? own.answered : own.handled;
        boolean answers = packet != null && (number == 0 || number == packet.engineNumber);
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        Entry entry = store.sending(local(), to, payload, answers ? packet : null, number);
        own.sent = entry;
        if (recorder != null && !owner.isImpairing()) {
            recorder.sent(entry);
        }
    }

    @Override
    public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
        Entry entry = calls.get().sent;
        FaultOutcome outcome = null;
        calls.get().sent = null;
        if (entry != null && !faults.replies().isEmpty()) {
            outcome = outcome(faults.replies(), entry, bytes, offset, length);
            later.note(entry, outcome);
            if (outcome.copies() == 0) {
                store.decide(entry, Fate.FAULT, outcome.reason());
            }
        }
        if (recorder != null && entry != null) {
            recorder.sent(entry); // before the client has it: its next request comes later in the recording
        }
        if (outcome == null) {
            outlet.pass(bytes, offset, length, 0);
        } else {
            outcome.pass(outlet);
        }
    }

    @Override
    public void refused(long number, InetSocketAddress to, IOException problem) {
        Entry entry = store.lastSent(local(), to, number);
        if (entry != null) {
            boolean open = endpoint().isOpen();
            store.decide(entry, open ? Fate.REFUSED : Fate.CLOSED, open ? String.valueOf(problem.getMessage()) : "");
        }
    }

    @Override
    public void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        store.decide(store.sending(local(), to, payload, null, 0), Fate.CLOSED, reason);
    }

    private void decide(Entry entry, Fate fate, String reason) {
        store.decide(entry, fate, reason);
        if (recorder != null) {
            recorder.decided(entry);
        }
    }

    /** {@return what becomes of a packet} A rule that throws loses it. */
    private FaultOutcome outcome(FaultRules rules, Entry entry, byte[] bytes, int offset, int length) {
        try {
            FaultOutcome outcome = rules.decide(store.packet(entry), bytes, offset, length);
            if (!outcome.words().isEmpty()) {
                store.addFaults(entry, outcome.words());
            }
            return outcome;
        } catch (Throwable e) {
            decide(entry, Fate.FAULT, "lost, since a rule has failed: " + e);
            throw e;
        }
    }

    private InetSocketAddress local() {
        return endpoint().address();
    }
}

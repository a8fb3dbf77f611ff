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
import java.util.function.Consumer;
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
    private final boolean impairing;
    private final @Nullable Recorder recorder;
    private final Consumer<EndpointTap> whenClosed;
    private final String name; // what handles the packets; empty if the handler tells it
    private final ConcurrentHashMap<Long, Passed> passed = new ConcurrentHashMap<>(); // by arrival
    private final ConcurrentHashMap<Long, Entry> undecided = new ConcurrentHashMap<>(); // by the engine's number

    @SuppressWarnings("ThreadLocalUsage") // a thread may handle a packet of one endpoint and send from another
    private final ThreadLocal<Calls> calls = ThreadLocal.withInitial(Calls::new);

    private volatile @Nullable UdpEndpoint endpoint;

    EndpointTap(
            JournalStore store,
            Faults faults,
            boolean impairing,
            @Nullable Recorder recorder,
            String name,
            Consumer<EndpointTap> whenClosed) {
        this.store = store;
        this.faults = faults;
        this.impairing = impairing;
        this.recorder = recorder;
        this.name = name;
        this.whenClosed = whenClosed;
    }

    /** {@return whether the endpoint is, or was, open} */
    boolean isOpened() {
        return endpoint != null;
    }

    /** {@return the endpoint, once it is open} */
    UdpEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
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
                Timer.schedule(reply.delay(), () -> send(packet, reply, to));
            }
        }
    }

    private void send(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
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
    }

    @Override
    public void closed() {
        finish();
        whenClosed.accept(this);
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
        FaultOutcome outcome =
                faults.requests().decide(store.packet(entry), packet.array(), packet.offset(), packet.length());
        note(entry, outcome);
        if (outcome.copies() == 0) {
            decide(entry, Fate.FAULT, outcome.reason());
        } else {
            passed.put(arrival, new Passed(entry, outcome.copies()));
            outcome.pass(outlet);
        }
    }

    @Override
    public void received(long number, long arrival, Datagram packet) {
        Entry entry = entryOf(arrival, packet);
        entry.engineNumber = number;
        if (!name.isEmpty()) {
            store.handledBy(entry, name);
        }
        undecided.put(number, entry);
        calls.get().handled = entry;
    }

    private Entry entryOf(long arrival, Datagram packet) {
        Passed before = impairing ? passed.get(arrival) : null;
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
        long answerTo = packet != null && (number == 0 || number == packet.engineNumber) ? packet.number() : 0;
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        Entry entry = store.sending(local(), to, payload, answerTo, number);
        own.sent = entry;
        if (recorder != null && !impairing) {
            recorder.sent(entry);
        }
    }

    @Override
    public void sending(long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
        Entry entry = calls.get().sent;
        FaultOutcome outcome = null;
        if (entry != null && !faults.replies().isEmpty()) {
            outcome = faults.replies().decide(store.packet(entry), bytes, offset, length);
            note(entry, outcome);
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
        store.decide(store.sending(local(), to, payload, 0, 0), Fate.CLOSED, reason);
    }

    private void decide(Entry entry, Fate fate, String reason) {
        store.decide(entry, fate, reason);
        if (recorder != null) {
            recorder.decided(entry);
        }
    }

    private void note(Entry entry, FaultOutcome outcome) {
        if (!outcome.words().isEmpty()) {
            store.addFaults(entry, outcome.words());
        }
    }

    private InetSocketAddress local() {
        return endpoint().address();
    }
}

package dev.domin.testkit;

import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpImpairment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint sends: it comes to the observer first, then to the impairment. The thread-bound fields connect the
 * two calls.
 */
final class SentPackets {

    private final Supplier<UdpEndpoint> endpoint;
    private final @Nullable FaultRules rules; // null without an impairment
    private final Sinks sinks;
    private final ThreadLocal<PacketCalls> calls;
    private final DelayedReplies delayedReplies = new DelayedReplies(this::send, this::abandon);
    private final DelayedSends delayedSends;

    /**
     * Creates the sending side of a tap.
     *
     * @param endpoint the endpoint, once it is open
     * @param rules the faults, or null if the endpoint has no impairment
     * @param calls shared with the receiving side
     */
    SentPackets(
            Supplier<UdpEndpoint> endpoint, @Nullable FaultRules rules, Sinks sinks, ThreadLocal<PacketCalls> calls) {
        this.endpoint = endpoint;
        this.rules = rules;
        this.sinks = sinks;
        this.calls = calls;
        this.delayedSends = new DelayedSends(sinks);
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
            } else if (!delayedReplies.schedule(packet, reply, to)) {
                refuse(packet, reply, to);
            }
        }
    }

    /** Forgets the replies that are to be sent later. */
    void cancelDelayed() {
        delayedReplies.cancel();
    }

    /** Decides the fate of what is to be sent later, since nothing is sent any more. */
    void close() {
        try {
            delayedReplies.close();
        } finally { // whatever a listener throws
            delayedSends.close();
        }
    }

    private void send(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (isObsolete(packet)) {
            return;
        }
        PacketCalls own = calls.get();
        own.answered = packet;
        try {
            endpoint.get().send(reply.raw(), to);
        } catch (IOException e) {
            // The journal has it: see refused.
        } finally {
            own.answered = null;
        }
    }

    private void refuse(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (!isObsolete(packet)) {
            sinks.refuse(entry(to, reply.raw(), packet, 0), "not sent: " + DelayedMemory.FULL);
        }
    }

    private void abandon(@Nullable Entry packet, Reply reply, InetSocketAddress to) {
        if (!isObsolete(packet)) {
            sinks.abandon(entry(to, reply.raw(), packet, 0), Sinks.CLOSED_BEFORE);
        }
    }

    /** {@return whether it arrived before the server was last reset, so that its answers must not come any more} */
    private boolean isObsolete(@Nullable Entry packet) {
        return packet != null && sinks.store().isObsolete(packet);
    }

    /** See {@link dev.domin.udp.UdpObserver#sent}. */
    void sent(long number, byte[] bytes, int offset, int length, InetSocketAddress to) {
        PacketCalls own = calls.get();
        own.sends(null, null, false); // should the next lines fail
        Entry packet = number == 0 ? own.answered : own.handled;
        Entry answered = packet != null && (number == 0 || number == packet.engineNumber) ? packet : null;
        byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
        if (rules == null) {
            sinks.sent(entry(to, payload, answered, number));
        } else if (rules.isEmpty()) {
            own.sends(entry(to, payload, answered, number), null, false);
        } else {
            synchronized (rules.order()) {
                Entry entry = entry(to, payload, answered, number);
                FaultOutcome outcome = null;
                try {
                    outcome = sinks.outcome(rules, entry, bytes, offset, length);
                } finally {
                    own.sends(entry, outcome, outcome == null);
                }
            }
        }
    }

    /** See {@link UdpImpairment#sending}. */
    void sending(byte[] bytes, int offset, int length, UdpImpairment.Outlet outlet) {
        PacketCalls own = calls.get();
        Entry entry = own.sent;
        FaultOutcome outcome = own.outcome;
        boolean lost = own.lost;
        own.sends(null, null, false);
        if (lost) {
            return; // a rule has failed
        }
        if (entry != null && outcome != null && outcome.copies() == 0) {
            sinks.store().decide(entry, Fate.FAULT, outcome.reason());
        }
        try {
            if (entry != null) {
                sinks.sent(entry); // before the client has it: its next request comes later in the recording
            }
        } finally { // whatever a listener throws
            if (entry == null || outcome == null) {
                outlet.pass(bytes, offset, length, 0);
            } else if (outcome.copies() > 0) {
                pass(entry, outcome, outlet);
            }
        }
    }

    private void pass(Entry entry, FaultOutcome outcome, UdpImpairment.Outlet outlet) {
        int copies = outcome.isLater()
                ? delayedSends.pass(entry, outcome, outlet)
                : outcome.pass(outlet, UdpImpairment.Later.NONE);
        if (copies > 0) {
            sinks.noteMissing(entry, copies, outcome);
        } else {
            sinks.decideAgain(entry, Fate.FAULT, "lost: " + outcome.shortage());
            if (outcome.problem() instanceof Error problem) {
                throw problem;
            }
        }
    }

    /** See {@link dev.domin.udp.UdpObserver#refused}. */
    void refused(long number, InetSocketAddress to, IOException problem) {
        Entry entry = sinks.store().lastSent(local(), to, number);
        if (entry != null) {
            boolean open = endpoint.get().isOpen();
            sinks.store()
                    .decide(entry, open ? Fate.REFUSED : Fate.CLOSED, open ? String.valueOf(problem.getMessage()) : "");
            sinks.changed(entry);
        }
    }

    /** See {@link dev.domin.udp.UdpObserver#unsent}. */
    void unsent(byte[] bytes, int offset, int length, InetSocketAddress to, String reason) {
        sinks.abandon(entry(to, Arrays.copyOfRange(bytes, offset, offset + length), null, 0), reason);
    }

    private Entry entry(InetSocketAddress to, byte[] payload, @Nullable Entry answered, long number) {
        return sinks.store().sending(local(), to, payload, answered, number);
    }

    private InetSocketAddress local() {
        return endpoint.get().address();
    }
}

package dev.domin.udp;

import org.jspecify.annotations.Nullable;

/**
 * Passes packets to the handler, decides their fate when it returns, and sends its answers. Used by the receiver, and
 * by the threads of late handlers.
 */
final class Delivery {

    private static final Fate[] FATES = Fate.values();

    private final AdvancedHandler handler;
    private final boolean waits;
    private final Lifecycle lifecycle;
    private final DeadlineWatch deadlines;
    private final Answers answers;
    private final Accounts accounts;
    private final Errors errors;
    private final TurnClock clock;
    private final Machine machine;

    Delivery(
            HandlerKind kind,
            Lifecycle lifecycle,
            DeadlineWatch deadlines,
            Answers answers,
            Accounts accounts,
            Errors errors,
            TurnClock clock) {
        this.machine = lifecycle.machine();
        this.handler = kind.handler();
        this.waits = kind.waits();
        this.lifecycle = lifecycle;
        this.deadlines = deadlines;
        this.answers = answers;
        this.accounts = accounts;
        this.errors = errors;
        this.clock = clock;
    }

    /**
     * Delivers a packet.
     *
     * @param more whether another packet of the batch follows
     * @return whether this thread is still the receiver
     */
    boolean deliver(Worker me, Packet packet, boolean more) {
        long timeout = lifecycle.timeoutNanos();
        long deadline = AdvancedDatagram.NO_DEADLINE;
        Throwable thrown = null;
        try {
            deadline = timeout >= 0 ? clock.turn() + timeout : deadline;
        } catch (Throwable e) {
            thrown = e;
        }
        me.packet = packet;
        packet.state().start(waits, deadline); // whatever is thrown, finish decides the fate of what has been started
        // Both sides write before they read (here: the state, then closing): either the closing thread sees the packet,
        // or this one sees that the endpoint closes.
        if (lifecycle.closing()) {
            packet.fail(Fate.CLOSED);
        } else if (thrown == null) {
            thrown = handle(me, packet);
        }
        long now = 0;
        try {
            now = timeout >= 0 ? machine.nanoTime() : 0;
        } catch (Throwable e) {
            thrown = e;
        }
        if (thrown != null) {
            packet.fail(Fate.FAILED);
        }
        PacketState.End end = packet.state().finish(now, packet.hasReply(), packet.failure(), lifecycle.closing());
        boolean stillReceiver = end != PacketState.End.REPLACED;
        if (stillReceiver) {
            clock.done(now); // sending the answer resets it if that takes time
            if (end == PacketState.End.HANDLED && packet.hasReply()) {
                answers.send(packet, more);
            }
        }
        packet.reset();
        if (thrown != null) {
            errors.report(thrown);
            if (stillReceiver) {
                clock.reset();
            }
        }
        if (stillReceiver && accounts.hasNewDrops()) {
            reportDrops();
        }
        return stillReceiver;
    }

    private @Nullable Throwable handle(Worker me, Packet packet) {
        Throwable thrown = null;
        me.enterHandler();
        try {
            if (lifecycle.timeoutNanos() >= 0) {
                deadlines.watch(packet);
            }
            if (!waits) {
                accounts.observation().begun(packet.buffer().number());
            }
            handler.handle(packet);
        } catch (Throwable e) {
            thrown = e;
        }
        me.leaveHandler();
        return thrown;
    }

    /**
     * Notifies the handler of each reason for which a packet was dropped for the first time. Called by workers, which
     * may wait.
     */
    void reportDrops() {
        int fresh = accounts.takeNewDrops();
        if (fresh == 0) {
            return;
        }
        for (Fate fate : FATES) {
            if ((fresh & 1 << fate.ordinal()) != 0) {
                try {
                    handler.dropped(fate);
                } catch (Throwable e) {
                    errors.report(e);
                }
            }
        }
    }
}

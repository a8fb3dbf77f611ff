package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.Transport;
import java.net.InetSocketAddress;

/** The parts of one endpoint that its receiver works with, connected with each other. */
final class Engine implements PacketPool.Maker {

    private final Transport transport;
    private final Errors errors;
    private final Accounts accounts;
    private final Lifecycle lifecycle;
    private final TurnClock clock = new TurnClock();
    private final Answers answers;
    private final PacketPool pool;
    private final DeadlineWatch deadlines;
    private final Shutdown shutdown;
    private final int headroom;

    private Engine(Transport transport, Errors errors, UdpOptions options, int headroom, HandlerKind kind) {
        this.transport = transport;
        this.headroom = headroom;
        this.errors = errors;
        this.accounts = new Accounts(options.observer().orElse(null), errors);
        this.lifecycle =
                new Lifecycle(options.timeoutNanos(), options.closeGrace().toNanos());
        this.answers = new Answers(transport, accounts, errors, clock);
        this.pool = new PacketPool(options.maxBuffers());
        ReceiveLoop loop = new ReceiveLoop(transport, this);
        this.deadlines = new DeadlineWatch(loop, lifecycle, answers, errors);
        this.shutdown = new Shutdown(transport, this, loop, kind.handler());
        loop.connect(new Delivery(kind, lifecycle, deadlines, answers, accounts, errors, clock), shutdown);
    }

    /**
     * Starts to receive.
     *
     * @throws OutOfMemoryError if there is no thread left; nothing stays behind then but the transport
     */
    static Engine start(
            Transport transport, Errors errors, UdpOptions options, AdvancedOptions advanced, HandlerKind kind) {
        Engine engine = new Engine(transport, errors, options, advanced.headroom(), kind);
        String name = options.threadName()
                .orElse("domin-udp-" + transport.localAddress().getPort());
        engine.deadlines.open(new Workers(engine.shutdown.loop(), engine.lifecycle, name, advanced.stackSize()));
        return engine;
    }

    Errors errors() {
        return errors;
    }

    Accounts accounts() {
        return accounts;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    TurnClock clock() {
        return clock;
    }

    Answers answers() {
        return answers;
    }

    PacketPool pool() {
        return pool;
    }

    DeadlineWatch deadlines() {
        return deadlines;
    }

    Shutdown shutdown() {
        return shutdown;
    }

    @Override
    public Packet make() {
        return new Packet(answers, lifecycle, accounts, headroom);
    }

    /** {@return whether a packet cannot have come from its sender, who must not get an answer} */
    boolean isForged(PacketBuffer packet) {
        InetSocketAddress own = transport.localAddress();
        return !packet.isFromLoopback()
                || packet.senderPort() == own.getPort() && packet.sender().equals(own);
    }

    /**
     * Drops a packet of the last batch that no handler gets. Called by the receiver.
     *
     * @param index its place in the batch
     */
    void drop(int index, Fate fate) {
        if (accounts.observed()) {
            try {
                Packet packet = make();
                transport.take(index, packet.buffer());
                accounts.show(packet);
                accounts.dropped(packet.state().number(), fate);
                return;
            } catch (Throwable e) { // no memory: it is counted, but cannot be shown
                errors.report(e);
            }
        }
        accounts.dropped(1, fate);
    }
}

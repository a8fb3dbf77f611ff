package dev.domin.udp;

import dev.domin.udp.transport.AdaptiveTransport;
import dev.domin.udp.transport.ChannelTransport;
import dev.domin.udp.transport.PacketBuffer;
import dev.domin.udp.transport.Polling;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of one endpoint, connected with each other. */
final class Engine implements PacketPool.Maker {

    private final Transport transport;
    private final Errors errors;
    private final Accounts accounts;
    private final Lifecycle lifecycle;
    private final TurnClock clock;
    private final Answers answers;
    private final PacketPool pool;
    private final DeadlineWatch deadlines;
    private final Shutdown shutdown;
    private final int headroom;

    /**
     * Connects the parts.
     *
     * @param headroom see {@link AdvancedOptions}
     * @param machine the time and the threads
     */
    Engine(Transport socket, UdpOptions options, int headroom, HandlerKind kind, Machine machine) {
        this(socket, null, options, headroom, kind, machine);
    }

    /**
     * Connects the parts.
     *
     * @param origin what another endpoint has handed over, or null if the socket is a new one
     */
    Engine(
            Transport socket,
            @Nullable BoundSocket origin,
            UdpOptions options,
            int headroom,
            HandlerKind kind,
            Machine machine) {
        this.headroom = headroom;
        this.clock = new TurnClock(machine);
        this.errors =
                new Errors(options.onError().orElse(null), socket.localAddress().getPort(), machine);
        UdpImpairment impairment = options.impairment().orElse(null);
        this.accounts = new Accounts(new Observation(options.observer().orElse(null), impairment != null, errors));
        WakeSignal wakes = origin != null ? origin.wakes() : impairment != null ? new WakeSignal(socket) : null;
        this.transport = impairment == null
                ? socket
                : new ImpairedTransport(socket, impairment, accounts, errors, machine, Objects.requireNonNull(wakes));
        this.lifecycle =
                new Lifecycle(options.timeoutNanos(), options.closeGrace().toNanos(), machine);
        this.answers = new Answers(transport, accounts, errors, clock, machine);
        this.pool = new PacketPool(options.maxBuffers());
        ReceiveLoop loop = new ReceiveLoop(transport, this);
        this.deadlines = new DeadlineWatch(loop, lifecycle, answers, errors);
        this.shutdown =
                new Shutdown(transport, this, loop, kind.handler(), wakes, origin == null ? 0 : origin.lostBefore());
        Delivery delivery = new Delivery(kind, lifecycle, deadlines, answers, accounts, errors, clock);
        loop.connect(delivery, shutdown, origin == null ? null : wakes);
    }

    /**
     * Binds a socket.
     *
     * @throws IOException as {@link UdpEndpoint#open(UdpOptions, DatagramHandler)}; nothing is left open then
     */
    static Transport openTransport(UdpOptions options) throws IOException {
        Batching batching = options.batching().resolve();
        ChannelTransport channel = ChannelTransport.open(options.bindAddress(), options.receiveBuffer());
        if (batching == Batching.OFF) {
            return channel;
        }
        try {
            return adaptive(channel, batching, options);
        } catch (Throwable e) {
            channel.close();
            channel.release();
            throw e;
        }
    }

    private static Transport adaptive(ChannelTransport channel, Batching batching, UdpOptions options)
            throws IOException {
        AdaptiveTransport adaptive = new AdaptiveTransport(channel, new Polling(options.pollNanos()));
        if (batching == Batching.NOW) {
            adaptive.startBatching();
            if (!adaptive.batching()) {
                throw new IOException("no batches of packets on port "
                        + adaptive.localAddress().getPort() + ": " + adaptive.batchingProblem());
            }
        }
        return adaptive;
    }

    /**
     * Starts to receive, unless the endpoint has been closed already.
     *
     * @throws IOException if no thread can be started
     */
    void start(UdpOptions options, AdvancedOptions advanced) throws IOException {
        int port = transport.localAddress().getPort();
        String name = options.threadName().orElse("domin-udp-" + port);
        try {
            deadlines.open(new Workers(shutdown.loop(), lifecycle, name, advanced.stackSize()));
        } catch (OutOfMemoryError e) {
            throw new IOException("cannot start a thread for port " + port + ": " + e.getMessage(), e);
        }
    }

    /**
     * Closes an endpoint that has not been started. Its handler is not notified.
     *
     * @return whether this call closed it
     */
    boolean abort() {
        boolean first = lifecycle.beginClose();
        if (first) {
            closeTransport();
            lifecycle.transportClosed();
            answers.end();
            pool.clear();
            releaseTransport();
            lifecycle.released();
        }
        return first;
    }

    /** {@return whether there is an impairment, which counts what it sends} */
    boolean isImpaired() {
        return accounts.observation().isImpaired();
    }

    /** Closes the transport; once more if that fails, since the port has to be free. */
    void closeTransport() {
        try {
            transport.close();
        } catch (Throwable e) {
            errors.report(e);
            try {
                transport.close();
            } catch (Throwable again) {
                errors.report(again);
            }
        }
    }

    /** Detaches the transport from its socket, which stays open; once more if that fails. */
    void detachTransport() {
        try {
            transport.detach();
        } catch (Throwable e) {
            errors.report(e);
            try {
                transport.detach();
            } catch (Throwable again) {
                errors.report(again);
            }
        }
    }

    /** Releases the memory of the transport; once more if that fails. */
    void releaseTransport() {
        try {
            transport.release();
        } catch (Throwable e) {
            errors.report(e);
            try {
                transport.release();
            } catch (Throwable again) {
                errors.report(again);
            }
        }
    }

    Transport transport() {
        return transport;
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

    /** {@return whether the address of the sender is forged, so that it must not get an answer} */
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
        if (accounts.observation().hasObserver()) {
            try {
                Packet packet = make();
                transport.take(index, packet.buffer());
                accounts.observation().received(packet);
                accounts.dropped(packet.buffer().number(), fate);
                return;
            } catch (Throwable e) { // no memory: it is counted, but not reported to the observer
                errors.report(e);
            }
        } else {
            accounts.observation().skip();
        }
        accounts.dropped(1, fate);
    }
}

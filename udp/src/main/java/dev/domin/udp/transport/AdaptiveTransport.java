package dev.domin.udp.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Starts as a channel, which works at once, and switches to batches of packets when it is busy. Batches are prepared in
 * the background; until that is done, or where they are not available, nothing changes.
 *
 * <p>The receiver switches to the batch socket at its next receive, and never back: a channel allocates an object for
 * each sender that differs from the last one.
 */
public final class AdaptiveTransport implements Transport {

    private final ChannelTransport channel;
    private final Polling polling;
    private final PacketRate rate = new PacketRate();

    @SuppressWarnings("NullAway.Init") // set before the socket
    private BatchSupport support;

    private volatile @Nullable BatchSocket socket;
    private volatile @Nullable String problem;
    private boolean closed;

    private @Nullable BatchSocket last; // the source of the last packets; null: the channel
    private boolean asked;
    private boolean uncounted; // whether the last packet has still to be counted

    /**
     * Creates a transport that receives by the channel at first.
     *
     * @param channel the channel, which is closed with this
     * @param polling when to poll
     */
    public AdaptiveTransport(ChannelTransport channel, Polling polling) {
        this.channel = channel;
        this.polling = polling;
    }

    @Override
    public InetSocketAddress localAddress() {
        return channel.localAddress();
    }

    @Override
    public long lostPackets() {
        // The table of sockets is read first where batches are not used, since finding these takes long.
        long lost = socket == null ? channel.lostPackets() : LostPackets.UNKNOWN;
        if (lost == LostPackets.UNKNOWN) {
            lost = askSystem();
        }
        return lost == LostPackets.UNKNOWN && socket != null ? channel.lostPackets() : lost;
    }

    private long askSystem() {
        try {
            BatchSupport known = socket != null ? support : InstalledBatches.find();
            return known.lostPackets(localAddress());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            return LostPackets.UNKNOWN;
        }
    }

    @Override
    public int receiveBufferBytes() {
        return channel.receiveBufferBytes();
    }

    @Override
    public int receive() throws IOException {
        if (uncounted) {
            uncounted = false;
            if (rate.count()) { // before the next packet is received: if this throws, no packet is lost
                asked = true;
                prepare();
            }
        }
        BatchSocket batches = socket;
        if (batches == null) {
            int came = channel.receive();
            last = null;
            uncounted = came > 0 && !asked;
            return came;
        }
        if (last == null) {
            last = batches;
            channel.stopReceiving(support);
        }
        long pollNanos = polling.nanosNow();
        if (pollNanos > 0) {
            int polled = poll(batches, pollNanos);
            if (polled > 0) {
                polling.succeeded();
                return polled;
            }
            polling.failed();
            return batches.receive(true);
        }
        long start = System.nanoTime();
        int came = batches.receive(true);
        polling.slept(System.nanoTime() - start);
        return came;
    }

    @Override
    public int receiveNow() throws IOException {
        BatchSocket batches = socket;
        last = batches;
        return batches != null ? batches.receive(false) : channel.receiveNow();
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        BatchSocket from = last;
        return from != null ? from.isFrom(index, localAddress().getPort(), payload) : channel.isOwn(index, payload);
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yielding
    private static int poll(BatchSocket batches, long pollNanos) throws IOException {
        long start = System.nanoTime();
        do {
            int came = batches.receive(false);
            if (came > 0) {
                return came;
            }
            // Where all cores are busy, the sender may need this one.
            Thread.yield();
        } while (System.nanoTime() - start < pollNanos);
        return 0;
    }

    @Override
    public void take(int index, PacketBuffer into) {
        BatchSocket from = last;
        if (from != null) {
            from.take(index, into);
        } else {
            channel.take(index, into);
        }
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, PacketBuffer to, SendReport report) {
        BatchSocket from = last;
        if (from == null) {
            return channel.reply(bytes, offset, length, to, report);
        }
        from.hold(bytes, offset, length, to, report);
        return true;
    }

    @Override
    public void flush(boolean mayWait, SendReport report) {
        BatchSocket batches = socket;
        if (batches != null) {
            batches.flush(mayWait, report);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        BatchSocket batches = socket;
        if (batches != null) {
            batches.send(bytes, offset, length, to);
        } else {
            channel.send(bytes, offset, length, to);
        }
    }

    @Override
    public void reopen() throws IOException {
        if (socket == null) {
            channel.reopen();
        }
    }

    @Override
    public void close() {
        BatchSocket batches;
        synchronized (this) {
            closed = true;
            batches = socket;
        }
        if (batches != null) {
            batches.close();
        }
        channel.close();
    }

    @Override
    public void release() {
        channel.release();
        BatchSocket batches = socket;
        if (batches != null) {
            batches.free();
        }
    }

    @Override
    public boolean batching() {
        return socket != null;
    }

    @Override
    public @Nullable String batchingProblem() {
        return problem;
    }

    @Override
    public long polls() {
        return polling.polls();
    }

    @Override
    public long successfulPolls() {
        return polling.successfulPolls();
    }

    private void prepare() {
        try {
            Thread thread = new Thread(null, new Preparation(this), "domin-udp-batching", 0, false);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable e) { // no thread, usually
            problem = "cannot start a thread to prepare them";
        }
    }

    private static final class Preparation implements Runnable {

        private final AdaptiveTransport transport;

        Preparation(AdaptiveTransport transport) {
            this.transport = transport;
        }

        @Override
        public void run() {
            transport.startBatching();
        }
    }

    /** Switches to batches, or sets {@link #batchingProblem} to the reason why that is not possible. */
    public void startBatching() {
        try {
            // Searched without the monitor, since that takes long with many descriptors; opened with it, so that the
            // channel is not closed meanwhile.
            BatchSupport installed = InstalledBatches.find();
            BatchSupport.Source source = installed.find(localAddress());
            synchronized (this) {
                if (!closed) {
                    support = installed;
                    socket = source.open();
                }
            }
        } catch (Throwable e) {
            problem = e.getMessage() != null ? e.getMessage() : e.toString();
        }
    }
}

package dev.domin.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/**
 * Begins as a channel, which serves at once, and goes over to batches of packets when it is busy. What they need is
 * prepared in the background, and until it is there, or where it cannot be had, nothing changes.
 *
 * <p>The receiver goes over to the batching socket for good at its next receive; from then on it waits there, since a
 * channel makes an object for each sender that differs from the last one.
 */
final class BatchingDatagramPort implements DatagramPort {

    /** {@value #MARKS} times so many packets within so short a time make it busy, wherever in a burst one begins to count. */
    private static final int PACKETS_PER_MARK = 64;

    private static final int MARKS = 4;
    private static final long BUSY_NANOS = 50_000_000;

    private final ChannelDatagramPort channel;
    private final Spin spin;
    private volatile BatchSocket socket;
    private volatile String problem;
    private boolean closed;

    private boolean lastFromSocket;
    private boolean asked;
    private boolean uncounted; // whether the last packet is still to be counted for business
    private int packets;
    private int marks;
    private final long[] markNanos = new long[MARKS];

    BatchingDatagramPort(ChannelDatagramPort channel, Spin spin) {
        this.channel = channel;
        this.spin = spin;
    }

    @Override
    public int localPort() {
        return channel.localPort();
    }

    @Override
    public int receiveBufferBytes() {
        return channel.receiveBufferBytes();
    }

    @Override
    public int receive() throws IOException {
        if (uncounted) {
            uncounted = false;
            count(); // before the next packet is taken: whatever this throws, no packet is lost by it
        }
        BatchSocket batches = socket;
        if (batches == null) {
            int came = channel.receive();
            lastFromSocket = false;
            uncounted = came > 0 && !asked;
            return came;
        }
        if (!lastFromSocket) {
            lastFromSocket = true;
            channel.stopReceiving();
        }
        long spinNanos = spin.nanosNow();
        if (spinNanos > 0) {
            int polled = poll(batches, spinNanos);
            if (polled > 0) {
                spin.paid();
                return polled;
            }
            spin.missed();
            return batches.receive(true);
        }
        long start = System.nanoTime();
        int came = batches.receive(true);
        spin.slept(System.nanoTime() - start);
        return came;
    }

    @Override
    public int receiveNow() throws IOException {
        BatchSocket batches = socket;
        lastFromSocket = batches != null;
        return lastFromSocket ? batches.receive(false) : channel.receiveNow();
    }

    @Override
    public boolean isOwn(int index, byte[] payload) {
        return lastFromSocket ? socket.isFrom(index, localPort(), payload) : channel.isOwn(index, payload);
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding makes it polite, nothing relies on it
    private static int poll(BatchSocket batches, long spinNanos) throws IOException {
        long start = System.nanoTime();
        do {
            int came = batches.receive(false);
            if (came > 0) {
                return came;
            }
            // Where the cores are busy, the sender waits for this very one: it must not stand in its way.
            Thread.yield();
        } while (System.nanoTime() - start < spinNanos);
        return 0;
    }

    @Override
    public void take(int index, Datagram into) {
        if (lastFromSocket) {
            socket.take(index, into);
        } else {
            channel.take(index, into);
        }
    }

    @Override
    public boolean reply(byte[] bytes, int offset, int length, Datagram to, Outcome outcome) {
        if (!lastFromSocket) {
            return channel.reply(bytes, offset, length, to, outcome);
        }
        socket.hold(bytes, offset, length, to.senderHost(), to.senderPort(), outcome);
        return true;
    }

    @Override
    public void flush(boolean mayWait, Outcome outcome) {
        BatchSocket batches = socket;
        if (batches != null) {
            batches.flush(mayWait, outcome);
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
    public String batchingProblem() {
        return problem;
    }

    @Override
    public long polls() {
        return spin.polls();
    }

    @Override
    public long pollsPaid() {
        return spin.paidPolls();
    }

    private void count() {
        if (packets % PACKETS_PER_MARK == 0) {
            long now = System.nanoTime();
            int place = marks % MARKS;
            if (marks >= MARKS && now - markNanos[place] <= BUSY_NANOS) {
                asked = true;
                prepare();
            }
            markNanos[place] = now;
            marks++;
        }
        packets++;
    }

    private void prepare() {
        try {
            Thread thread = new Thread(null, new Preparation(this), "domin-udp-batching", 0, false);
            thread.setDaemon(true);
            thread.start();
        } catch (OutOfMemoryError e) {
            problem = "no thread to be had to prepare them";
        }
    }

    private static final class Preparation implements Runnable {

        private final BatchingDatagramPort port;

        Preparation(BatchingDatagramPort port) {
            this.port = port;
        }

        @Override
        public void run() {
            port.startBatching();
        }
    }

    /** Goes over to batches, or finds out why that is not possible: then {@link #batchingProblem} tells it. */
    void startBatching() {
        try {
            BatchSupport.require();
            boolean trains = BatchSupport.trains();
            // Looked for without the monitor, since it can take a while with many descriptors; made sure of
            // below, where nobody can close the port, so that its number cannot mean something else.
            OwnDescriptor descriptor = OwnDescriptor.ofPort(localPort());
            synchronized (this) {
                if (!closed) {
                    if (!descriptor.isBehind(descriptor.number())) {
                        throw new ClosedChannelException();
                    }
                    socket = BatchSocket.of(descriptor, trains);
                }
            }
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            problem = e.getMessage() != null ? e.getMessage() : e.toString();
        }
    }
}

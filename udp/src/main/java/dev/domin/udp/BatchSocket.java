package dev.domin.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/**
 * A second descriptor of a socket, on which packets are received and sent many at a time.
 *
 * <p>One thread at a time receives; answers may be sent by others, so they are guarded by this object's monitor. The
 * descriptor is closed only when no system call uses it: its number would lead to something else soon.
 */
final class BatchSocket {

    /** As many datagrams as every Linux that knows trains takes in one. */
    private static final int LONGEST_TRAIN = 64;

    private static final int CLOSED = -1;

    private BatchMemory memory; // null while none is borrowed
    private int descriptor;
    private boolean receiving;
    private boolean closed;
    private boolean freed;
    private boolean trains;
    private int firstHeld;
    private int endHeld;
    private int heldBytes;
    private final int[] answers = new int[BatchMemory.SLOTS]; // in each message that is held
    private int trainHost;
    private int trainPort;
    private int trainSegment; // 0: nothing joins the last message
    private int trainBytes;

    private BatchSocket(int descriptor, boolean trains) {
        this.descriptor = descriptor;
        this.trains = trains;
    }

    /**
     * Makes a second descriptor for the socket that is bound to a port on 127.0.0.1.
     *
     * @param original the first one, which must not be closed meanwhile
     * @param trains whether answers may be handed to the system as trains
     * @throws IOException if that is not possible
     */
    static BatchSocket of(OwnDescriptor original, boolean trains) throws IOException {
        int copy = LinuxCalls.duplicate(original.number());
        try {
            if (!original.isBehind(copy)) {
                throw new IOException("the socket of port " + original.port() + " has moved");
            }
            return new BatchSocket(copy, trains);
        } catch (IOException | RuntimeException | Error e) {
            LinuxCalls.close(copy);
            throw e;
        }
    }

    /**
     * Receives what has come.
     *
     * @param wait whether to wait for a packet
     * @return how many packets, at least 0
     * @throws ClosedChannelException if this is closed, also while waiting
     * @throws IOException if the socket reports an error
     */
    int receive(boolean wait) throws IOException {
        int socket = enter();
        int packets = -1;
        int error = 0;
        boolean known = false;
        boolean end = true;
        try {
            if (wait && BatchMemories.areScarce() && waitsWithoutMemory()) {
                // Where this fails, the receive below waits, and fails in its place.
                SocketCalls.awaitPacket(socket);
            }
            if (memory == null) {
                borrow();
            }
            int most = BatchMemories.fairShare();
            packets = wait ? memory.receive(socket, most) : memory.poll(socket, most);
            if (packets >= 0) {
                known = memory.hasSender(0);
            } else if (wait) {
                error = memory.inError();
            }
        } finally {
            end = leave();
        }
        if (packets > 0 && known) {
            return packets;
        }
        if (end) {
            throw new ClosedChannelException();
        }
        if (!wait && packets < 0) {
            return 0; // were it more than that nothing is there, the next receive that waits would tell
        }
        if (error == LinuxCalls.EAGAIN || error == LinuxCalls.EINTR || error == LinuxCalls.ECONNREFUSED) {
            return 0;
        }
        throw new IOException(
                packets < 0 ? "receiving failed with error number " + error : "the socket was shut down by someone");
    }

    boolean isFrom(int index, int port, byte[] payload) {
        return memory.isFrom(index, port, payload);
    }

    void take(int index, Datagram into) {
        memory.take(index, into);
    }

    /**
     * Holds an answer. One that follows another to the same client, and is as long, joins it: the system takes a train of
     * them at the cost of one or two, and cuts it into datagrams itself. As the system wants it, one that is shorter ends the
     * train.
     *
     * @param outcome told of answers that had to be sent to make room
     */
    void hold(byte[] bytes, int offset, int length, int host, int port, DatagramPort.Outcome outcome) {
        List<IOException> refused = null;
        synchronized (this) {
            if (endHeld == BatchMemory.SLOTS || heldBytes + length > BatchMemory.ANSWER_BYTES) {
                refused = sendHeld(true, outcome);
            }
            if (!freed) {
                if (joins(length, host, port)) {
                    trainBytes += length;
                    memory.joinAnswer(endHeld - 1, heldBytes, bytes, offset, length, trainSegment, trainBytes);
                    answers[endHeld - 1]++;
                    if (length < trainSegment) {
                        trainSegment = 0;
                    }
                } else {
                    memory.putAnswer(endHeld, heldBytes, bytes, offset, length, host, port);
                    answers[endHeld] = 1;
                    endHeld++;
                    trainHost = host;
                    trainPort = port;
                    trainSegment = trains ? length : 0;
                    trainBytes = length;
                }
                heldBytes += length;
            }
        }
        tell(refused, outcome);
    }

    /** {@return whether an answer goes with the last one that is held} */
    private boolean joins(int length, int host, int port) {
        return length <= trainSegment
                && length > 0
                && port == trainPort
                && host == trainHost
                && trainBytes + length <= Datagram.MAX_PAYLOAD
                && answers[endHeld - 1] < LONGEST_TRAIN;
    }

    /** Sends the answers that are held; see {@link DatagramPort#flush}. */
    void flush(boolean mayWait, DatagramPort.Outcome outcome) {
        List<IOException> refused;
        synchronized (this) {
            if (endHeld == 0) {
                return;
            }
            refused = sendHeld(mayWait, outcome);
        }
        tell(refused, outcome);
    }

    /**
     * Sends one packet past those that are held.
     *
     * @throws ClosedChannelException if this is closed
     * @throws IOException if the system refuses it
     */
    synchronized void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        if (descriptor == CLOSED) {
            throw new ClosedChannelException();
        }
        BatchMemory own = memory;
        BatchMemory used = own != null ? own : BatchMemories.lend();
        try {
            used.putExtra(bytes, offset, length, to);
            int error = sendExtra(used);
            if (error != 0) {
                throw refusal(error);
            }
        } finally {
            if (own == null) { // the receiver has to find none, too, and to lend some for itself
                BatchMemories.giveBack(used);
            }
        }
    }

    /** Ends a receive under way, and closes the descriptor as soon as nobody uses it. Answers still held are lost. */
    synchronized void close() {
        closed = true;
        if (receiving) {
            LinuxCalls.endReceiving(descriptor);
        } else {
            closeDescriptor();
        }
    }

    /** Gives the memory back, once this is closed and nobody receives. */
    synchronized void free() {
        if (!freed) {
            freed = true;
            forgetHeld();
            giveBack();
        }
    }

    private synchronized void borrow() throws IOException {
        memory = BatchMemories.lend();
    }

    private synchronized boolean waitsWithoutMemory() {
        if (endHeld == 0) { // which it is, unless the system has refused to take answers
            giveBack();
        }
        return memory == null;
    }

    private void giveBack() {
        if (memory != null) {
            BatchMemories.giveBack(memory);
            memory = null;
        }
    }

    private synchronized int enter() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        receiving = true;
        return descriptor;
    }

    /** {@return whether this is closed} */
    private synchronized boolean leave() {
        receiving = false;
        if (closed) {
            closeDescriptor();
        }
        return closed;
    }

    private void closeDescriptor() {
        if (descriptor != CLOSED) {
            LinuxCalls.close(descriptor);
            descriptor = CLOSED;
        }
    }

    /** Goes on behind an answer that the system refuses. {@return what it refused, or null} */
    private List<IOException> sendHeld(boolean mayWait, DatagramPort.Outcome outcome) {
        List<IOException> refused = null;
        int attempt = 1;
        while (firstHeld < endHeld && descriptor != CLOSED) {
            // Without waiting first: to tell an answer that has to wait from one that cannot be sent.
            int flags = mayWait && attempt > 1 ? 0 : LinuxCalls.MSG_DONTWAIT;
            int sent = memory.send(descriptor, firstHeld, endHeld - firstHeld, flags);
            if (sent > 0) {
                int count = 0;
                for (int i = 0; i < sent; i++) {
                    count += answers[firstHeld++];
                }
                outcome.sent(count);
                attempt = 1;
                continue;
            }
            int error = memory.outError();
            if (error == LinuxCalls.EAGAIN && !mayWait) {
                return refused;
            }
            if (isPassing(error, attempt)) {
                attempt++;
                continue;
            }
            if (answers[firstHeld] > 1) {
                refused = sendOneByOne(firstHeld, outcome, refused);
            } else if (error != LinuxCalls.ECONNREFUSED) {
                refused = add(refusal(error), refused);
            }
            firstHeld++;
            attempt = 1;
        }
        forgetHeld();
        return refused;
    }

    private List<IOException> sendOneByOne(int train, DatagramPort.Outcome outcome, List<IOException> refusedSoFar) {
        List<IOException> refused = refusedSoFar;
        for (int i = 0; i < answers[train]; i++) {
            memory.pickAnswer(train, i);
            int error = sendExtra(memory);
            if (error == 0) {
                outcome.sent(1);
                trains = false; // so it was the train that this route does not take
            } else if (error != LinuxCalls.ECONNREFUSED) {
                refused = add(refusal(error), refused);
            }
        }
        return refused;
    }

    /** {@return the error number, or 0 if it was sent} */
    private int sendExtra(BatchMemory used) {
        for (int attempt = 1; used.send(descriptor, BatchMemory.EXTRA, 1, 0) < 0; attempt++) {
            int error = used.outError();
            if (!isPassing(error, attempt)) {
                return error;
            }
        }
        return 0;
    }

    private static List<IOException> add(IOException problem, List<IOException> refused) {
        List<IOException> all = refused == null ? new ArrayList<>() : refused;
        all.add(problem);
        return all;
    }

    private void forgetHeld() {
        firstHeld = 0;
        endHeld = 0;
        heldBytes = 0;
        trainSegment = 0;
    }

    /** {@return whether to try again: the error is of an earlier packet, or of this moment} */
    private static boolean isPassing(int error, int attempt) {
        return error == LinuxCalls.EINTR
                || attempt == 1 && (error == LinuxCalls.EAGAIN || error == LinuxCalls.ECONNREFUSED);
    }

    private static IOException refusal(int error) {
        return new IOException("a packet could not be sent: error number " + error);
    }

    private static void tell(List<IOException> refused, DatagramPort.Outcome outcome) {
        if (refused != null) {
            for (int i = 0; i < refused.size(); i++) {
                outcome.refused(refused.get(i));
            }
        }
    }
}

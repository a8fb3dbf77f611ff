package dev.domin.udp;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The receive loop of one endpoint, and who may run it.
 *
 * <p>One thread at a time is the receiver: it takes a packet and runs the handler itself. When the packet's deadline
 * passes on the way, the watchdog takes the role away, by the very step that drops the packet (see {@link
 * Datagram#word}), and makes it vacant; a fresh thread takes it up, or the late one if it is back sooner. The fields
 * of the batch belong to the receiver.
 */
final class Reception extends Watchdog.Watch implements DatagramPort.Outcome {

    /** The receiver is between two receives, or the role is vacant: who closes must leave the port to it. */
    private static final int HANDLING = 0;
    /** The receiver waits for a packet: who closes ends that by closing the port. */
    private static final int RECEIVING = 1;
    /** Who closed has passed by while a packet was in work; the receiver closes the port afterwards. */
    private static final int ENDING = 2;
    /** Who closed has closed the port under the waiting receiver. */
    private static final int ENDED = 3;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long RETRY_NANOS = 100 * NANOS_PER_MILLI;
    private static final int LONGEST_PAUSE_MILLIS = 100;
    private static final int LOOPBACK_NETWORK = 127;
    private static final int LOOPBACK_HOST = 0x7F000001;
    private static final long OPEN = Long.MIN_VALUE;

    /** Less than the system charges a socket's buffer for the smallest datagram: so many a full one cannot hold. */
    private static final int LEAST_CHARGE = 256;

    private static final int LEAST_DRAIN = 1024;
    private static final int MOST_DRAIN_ERRORS = 8;
    private static final long MARKER_NANOS = 100 * NANOS_PER_MILLI;
    private static final long MARKER_PAUSE_NANOS = 50_000;

    private final DatagramPort port;
    private final DatagramHandler handler;
    private final UdpOptions options;
    private final Counters counters;
    private final Crew crew;
    private final BufferPool pool;
    private final HeldAnswers heldAnswers = new HeldAnswers(this);
    private final DatagramPort.Outcome whileAnswering = new WhileAnswering();
    private final long timeoutNanos;
    private final int firstStatus;
    private final String threadName;
    private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

    private final AtomicInteger phase = new AtomicInteger(HANDLING);
    private final AtomicBoolean vacant = new AtomicBoolean(true);
    private final AtomicBoolean portTaken = new AtomicBoolean();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final AtomicInteger threads = new AtomicInteger();
    private volatile Datagram current;
    private volatile long finalKernelDrops = OPEN;

    private final ClosingMarker marker;
    private final AtomicInteger untold = new AtomicInteger();
    private int batch;
    private int next;
    private int pauseMillis;

    /** When the last packet of the batch was done, which is when the next one's turn begins: spares a look at the clock. */
    private long turnNanos;

    private boolean turnKnown;

    private long lastWord;
    private Datagram lastSeen;
    private boolean graceOver;
    private boolean usesWatchdog;

    Reception(DatagramPort port, DatagramHandler handler, UdpOptions options, Counters counters, Crew crew) {
        this.port = port;
        this.handler = handler;
        this.options = options;
        this.counters = counters;
        this.crew = crew;
        this.marker = new ClosingMarker(port);
        this.pool = new BufferPool(options.maxBuffers());
        int timeout = options.timeoutMillis();
        this.timeoutNanos = timeout < 0 ? -1 : Math.max(1, timeout) * NANOS_PER_MILLI;
        this.firstStatus = options.handlerWaits() ? Datagram.WAITING : Datagram.RUNNING;
        this.threadName = options.threadName() != null ? options.threadName() : "domin-udp-" + port.localPort();
    }

    /** Starts the first receiver. What it throws leaves nothing behind but the port. */
    void start() {
        if (timeoutNanos >= 0) {
            Watchdog.SHARED.acquire();
            usesWatchdog = true;
        }
        Worker worker = newWorker();
        crew.join(worker);
        try {
            worker.start();
        } catch (Throwable e) {
            if (usesWatchdog) {
                Watchdog.SHARED.release(this);
            }
            throw e;
        }
    }

    boolean closing() {
        return crew.closing();
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    void countDropped(Fate fate) {
        countDropped(1, fate);
    }

    /** The one place that counts dropped packets. The first of each kind is told later, by {@link #tellDrops}. */
    private void countDropped(int packets, Fate fate) {
        if (counters.dropped(packets, fate)) {
            untold.accumulateAndGet(1 << fate.ordinal(), (all, one) -> all | one);
        }
    }

    /** Tells the handler of kinds of drops that are new. Called by workers only, which may wait for it. */
    private void tellDrops() {
        if (untold.get() != 0) {
            int kinds = untold.getAndSet(0);
            for (Fate fate : Fate.values()) {
                if ((kinds & 1 << fate.ordinal()) != 0) {
                    try {
                        handler.dropped(fate);
                    } catch (Throwable e) {
                        tell(e);
                    }
                }
            }
            turnKnown = false;
        }
    }

    long kernelDrops() {
        long known = finalKernelDrops;
        if (known == OPEN) {
            long read = readKernelDrops();
            known = finalKernelDrops;
            return known == OPEN ? read : known;
        }
        return known;
    }

    void tell(Throwable problem) {
        if (options.onError() != null) {
            try {
                options.onError().accept(problem);
            } catch (Throwable e) {
                // An error about an error: the loop must outlive it, and there is nobody left to tell.
            }
        }
    }

    // ---- the receiving threads

    void work(Worker me) {
        try {
            if (vacant.compareAndSet(true, false)) {
                lead(me);
            }
        } finally {
            tellDrops();
            if (crew.leave(me)) {
                retire();
            }
        }
    }

    private void lead(Worker me) {
        Datagram buffer = null;
        turnKnown = false;
        tellDrops(); // of the packet whose deadline made this thread the receiver
        while (next < batch || receive()) {
            if (buffer == null) {
                buffer = borrow();
            }
            int index = next++;
            Fate unfit = buffer == null ? Fate.NO_BUFFER : fill(buffer, index);
            if (unfit != null) {
                countDropped(unfit);
                tellDrops();
            } else if (!serve(me, buffer)) {
                if (!vacant.compareAndSet(true, false)) {
                    pool.giveBack(buffer);
                    return;
                }
                current = buffer;
                turnKnown = false;
            }
        }
        endLeading();
    }

    /** {@return whether there is a batch; if not, the endpoint closes} */
    private boolean receive() {
        endBatch();
        while (phase.compareAndSet(HANDLING, RECEIVING)) {
            int packets = 0;
            Throwable problem = null;
            try {
                packets = port.receive();
            } catch (PortUnreachableException e) {
                packets = 0; // the echo of an answer to a client that has gone
            } catch (Throwable e) {
                problem = e;
            }
            boolean closing = crew.closing(); // a marker that came is seen here, too
            if (closing) {
                dropAtClose(packets);
            } else if (packets > 0) {
                counters.received(packets);
                next = 0;
                batch = packets;
                turnKnown = false;
            }
            if (!phase.compareAndSet(RECEIVING, HANDLING)) {
                return false;
            }
            if (packets > 0) {
                pauseMillis = 0;
                return !closing;
            }
            if (problem != null) {
                recover(problem);
            }
        }
        return false;
    }

    /** Tells what the receiver has met between two packets: that may take a while, which is not the next one's time. */
    private void tellBetween(Throwable problem) {
        tell(problem);
        turnKnown = false;
    }

    private void endBatch() {
        heldAnswers.endHolding();
        flush(true);
    }

    /** A socket that keeps failing must neither end the loop nor take a whole core. */
    private void recover(Throwable problem) {
        tell(problem);
        if (problem instanceof ClosedChannelException && !crew.closing()) {
            try {
                port.reopen();
            } catch (Throwable e) {
                tell(e);
            }
        }
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis + 1);
        crew.pause(pauseMillis);
    }

    private Datagram borrow() {
        try {
            Datagram buffer = pool.take(this, options.headroom());
            if (buffer != null) {
                current = buffer;
            }
            return buffer;
        } catch (Throwable e) { // out of memory, most likely; the packet still has to be counted
            tellBetween(e);
            return null;
        }
    }

    /** {@return why the packet cannot be handled, or null} */
    private Fate fill(Datagram buffer, int index) {
        try {
            port.take(index, buffer);
        } catch (Throwable e) {
            tellBetween(e);
            return Fate.NO_BUFFER;
        }
        boolean forged = buffer.senderHost() >>> 24 != LOOPBACK_NETWORK
                || buffer.senderPort() == port.localPort() && buffer.senderHost() == LOOPBACK_HOST;
        return forged ? Fate.FORGED : null;
    }

    /** {@return whether this thread is still the receiver} */
    private boolean serve(Worker me, Datagram datagram) {
        long deadline = Datagram.NO_DEADLINE;
        if (timeoutNanos >= 0) {
            deadline = (turnKnown ? turnNanos : System.nanoTime()) + timeoutNanos;
        }
        me.datagram = datagram;
        datagram.start(firstStatus, deadline);
        // Both sides write first and read then (here: the word, then closing): who closes finds the packet, or we find
        // that.
        if (crew.closing()) {
            datagram.giveUp(Fate.CLOSED);
            return finish(datagram);
        }
        Throwable failure = null;
        me.enterHandler();
        try {
            if (timeoutNanos >= 0 && !watched.get() && watched.compareAndSet(false, true)) {
                watchDeadline(datagram);
            }
            handler.handle(datagram);
        } catch (Throwable e) {
            failure = e;
            datagram.drop();
        }
        me.leaveHandler();
        boolean stillReceiver = finish(datagram);
        if (failure != null && stillReceiver) {
            tellBetween(failure);
        } else if (failure != null) {
            tell(failure);
        }
        if (stillReceiver) {
            tellDrops();
        }
        return stillReceiver;
    }

    private void watchDeadline(Datagram datagram) {
        try {
            Watchdog.SHARED.schedule(this, datagram.deadlineNanos());
        } catch (Throwable e) {
            watched.set(false); // the next packet tries again
            throw e;
        }
    }

    /**
     * Decides what became of the packet, unless that is decided; {@return whether this thread is still the receiver}
     */
    private boolean finish(Datagram datagram) {
        boolean mine;
        long now = timeoutNanos < 0 ? 0 : System.nanoTime();
        while (true) {
            long seen = datagram.word.get();
            int status = Datagram.status(seen);
            boolean late = status == Datagram.RUNNING && datagram.isLateAt(now);
            mine = status != Datagram.LATE && status != Datagram.MISSED;
            if (datagram.word.compareAndSet(seen, Datagram.withStatus(seen, Datagram.IDLE))) {
                if (mine) {
                    turnNanos = now;
                    turnKnown = true; // unless answering takes long
                }
                if (status == Datagram.RUNNING && !late && datagram.fate() == null) {
                    counters.handled();
                    answer(datagram);
                } else if (status == Datagram.RUNNING || status == Datagram.WAITING) {
                    countDropped(fateOf(datagram, status, now));
                }
                break;
            }
        }
        datagram.forgetReply();
        return mine;
    }

    /** {@return why a packet is dropped that nobody else has dropped} */
    private Fate fateOf(Datagram datagram, int status, long now) {
        if (datagram.isLateAt(now)) {
            return Fate.LATE;
        }
        boolean closed = datagram.fate() == Fate.CLOSED
                || datagram.wasCancelled()
                || status == Datagram.WAITING && crew.closing();
        return closed ? Fate.CLOSED : Fate.FAILED;
    }

    private void answer(Datagram datagram) {
        byte[] reply = datagram.replyBytes();
        if (reply == null) {
            return;
        }
        try {
            if (port.reply(reply, datagram.replyOffset(), datagram.replyLength(), datagram, whileAnswering)
                    && next < batch) {
                heldAnswers.hold();
            }
        } catch (Throwable e) {
            tellBetween(e);
        }
    }

    /** Sends the answers that are held back. */
    void flush(boolean mayWait) {
        try {
            port.flush(mayWait, this);
        } catch (Throwable e) {
            tell(e);
        }
    }

    @Override
    public void sent(int answers) {
        counters.sent(answers);
    }

    @Override
    public void refused(IOException problem) {
        tell(problem);
    }

    /** Where an answer is more than held, it takes the system's time or the user's, which is not the next packet's. */
    private final class WhileAnswering implements DatagramPort.Outcome {

        @Override
        public void sent(int answers) {
            Reception.this.sent(answers);
            turnKnown = false;
        }

        @Override
        public void refused(IOException problem) {
            tellBetween(problem);
        }
    }

    // ---- the deadline, on the watchdog's thread

    @Override
    long look(long now) {
        long look = timeoutNanos < 0 ? Watchdog.NEVER : lookAtPacket(now);
        if (crew.closing()) {
            if (crew.isEmpty() && !vacant.get()) {
                return Watchdog.NEVER;
            }
            if (!graceOver) {
                long end = graceEnd();
                graceOver = now - end >= 0;
                if (graceOver) {
                    endGrace();
                } else if (look == Watchdog.NEVER || look - end > 0) {
                    look = end;
                }
            }
        }
        return look;
    }

    private long lookAtPacket(long now) {
        if (vacant.get()) {
            hire();
            return now + RETRY_NANOS;
        }
        Datagram datagram = current;
        if (datagram == null) {
            return rest();
        }
        while (true) {
            long seen = datagram.word.get();
            int status = Datagram.status(seen);
            if (Datagram.withReceiver(status)) {
                long deadline = datagram.deadlineNanos();
                if (deadline - now > 0) {
                    remember(datagram, seen);
                    return deadline;
                }
                int late = status == Datagram.RUNNING ? Datagram.LATE : Datagram.MISSED;
                if (datagram.word.compareAndSet(seen, Datagram.withStatus(seen, late))) {
                    if (status != Datagram.GIVEN_UP) {
                        countDropped(Fate.LATE);
                    }
                    vacant.set(true);
                    hire();
                    flush(false);
                    return now + timeoutNanos;
                }
            } else if (datagram == lastSeen && seen == lastWord) {
                return rest();
            } else {
                remember(datagram, seen);
                return now + timeoutNanos;
            }
        }
    }

    private void remember(Datagram datagram, long word) {
        lastSeen = datagram;
        lastWord = word;
    }

    /** Nothing has come for a while: asks to be woken by the next packet. */
    private long rest() {
        watched.set(false);
        Datagram datagram = current;
        if (datagram != null
                && Datagram.withReceiver(Datagram.status(datagram.word.get()))
                && watched.compareAndSet(false, true)) {
            return datagram.deadlineNanos();
        }
        return Watchdog.NEVER;
    }

    /**
     * Finds someone for the vacant role. Where no thread can be had, a late one takes it when it is back, or we try
     * again.
     */
    private void hire() {
        try {
            Worker worker = newWorker();
            if (crew.join(worker)) {
                try {
                    worker.start();
                } catch (Throwable e) {
                    if (crew.leave(worker)) {
                        retire();
                    }
                    throw e;
                }
                return;
            }
        } catch (Throwable e) {
            tell(e);
            return;
        }
        endVacancy();
    }

    private Worker newWorker() {
        int number = threads.incrementAndGet();
        String name = number == 1 ? threadName : threadName + "-" + number;
        Worker worker = new Worker(this, crew, name, options.stackSize());
        worker.setContextClassLoader(contextClassLoader); // else a later one had that of the watchdog's first user
        return worker;
    }

    // ---- closing

    /** Gives up what waits and ends the loop. Called once, when the crew knows that the endpoint closes. */
    void end() {
        for (Datagram datagram : pool.all()) {
            revoke(datagram);
        }
        boolean marked = marker.send();
        while (true) {
            if (phase.compareAndSet(RECEIVING, ENDED)) {
                if (!marked) {
                    closePort(); // nothing else would wake the receiver
                }
                return;
            }
            if (phase.compareAndSet(HANDLING, ENDING)) {
                endVacancy();
                return;
            }
        }
    }

    private void revoke(Datagram datagram) {
        while (true) {
            long seen = datagram.word.get();
            int status = Datagram.status(seen);
            if (status == Datagram.WAITING) {
                if (!datagram.word.compareAndSet(seen, Datagram.withStatus(seen, Datagram.GIVEN_UP))) {
                    continue;
                }
                countDropped(Fate.CLOSED);
            } else if (status != Datagram.GIVEN_UP && status != Datagram.MISSED) {
                return;
            }
            cancel(datagram);
            return;
        }
    }

    /**
     * Drops the packets of handlers that are inside the shutdown of another endpoint, which nobody can wait for: it may be
     * waiting for this one.
     *
     * @param workers their threads
     */
    void abandon(List<Worker> workers) {
        for (Worker worker : workers) {
            Datagram datagram = worker.datagram;
            long seen = datagram.word.get();
            while (Datagram.status(seen) == Datagram.RUNNING) {
                if (datagram.word.compareAndSet(seen, Datagram.withStatus(seen, Datagram.LATE))) {
                    countDropped(Fate.CLOSED);
                    vacant.set(true);
                    endVacancy();
                }
                seen = datagram.word.get();
            }
        }
    }

    /** The grace is over: what still runs is cancelled, and a receiver that no marker has reached is woken another way. */
    void endGrace() {
        cancelRunning();
        if (phase.get() == ENDED) {
            closePort();
        }
    }

    void cancelRunning() {
        for (Datagram datagram : pool.all()) {
            if (Datagram.inHandler(Datagram.status(datagram.word.get()))) {
                cancel(datagram);
            }
        }
    }

    private void cancel(Datagram datagram) {
        datagram.cancelled();
        try {
            handler.cancel(datagram);
        } catch (Throwable e) {
            tell(e);
        }
    }

    long graceEnd() {
        return crew.closeBegan() + options.closeGraceMillis() * NANOS_PER_MILLI;
    }

    /** Handlers that nobody waits for any more are cancelled after the grace all the same. */
    void watchGrace() {
        synchronized (crew) {
            if (crew.isEmpty()) {
                return;
            }
            if (!usesWatchdog) {
                try {
                    Watchdog.SHARED.acquire();
                } catch (OutOfMemoryError e) {
                    tell(e);
                    return;
                }
                usesWatchdog = true;
            }
            Watchdog.SHARED.schedule(this, graceEnd());
        }
    }

    private void endVacancy() {
        if (vacant.compareAndSet(true, false)) {
            endLeading();
        }
    }

    private void endLeading() {
        endBatch();
        countDropped(batch - next, Fate.CLOSED);
        next = batch;
        try {
            drain();
        } catch (Throwable e) {
            tell(e);
        }
        closePort();
    }

    /**
     * Counts what is queued in the socket, up to the marker that was sent when the closing began: so a flood that goes on
     * does not keep the endpoint open. Where the queue had no room for the marker it cannot hold more than its size allows,
     * and when it is empty another one is sent, behind whatever the system has still to deliver.
     */
    private void drain() {
        long most = Math.max(LEAST_DRAIN, 2L * port.receiveBufferBytes() / LEAST_CHARGE);
        long patience = 0;
        int errors = 0;
        while (!marker.seen() && most > 0 && errors < MOST_DRAIN_ERRORS) {
            int packets = 0;
            try {
                packets = port.receiveNow();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                errors++;
                continue;
            }
            if (packets > 0) {
                dropAtClose(packets);
                most -= packets;
            } else if (patience == 0) {
                if (!marker.send()) {
                    return;
                }
                patience = System.nanoTime() + MARKER_NANOS;
            } else if (System.nanoTime() - patience > 0) {
                return;
            } else {
                LockSupport.parkNanos(this, MARKER_PAUSE_NANOS);
            }
        }
    }

    /** Counts the packets of a batch that came when the endpoint closed, up to the marker. */
    private void dropAtClose(int packets) {
        for (int i = 0; i < packets && !marker.seen(); i++) {
            if (!marker.isAt(i)) {
                counters.received(1);
                countDropped(Fate.CLOSED);
            }
        }
    }

    private void closePort() {
        if (portTaken.compareAndSet(false, true)) {
            finalKernelDrops = lostPackets();
            port.close();
            if (crew.portClosed()) {
                retire();
            }
        }
    }

    private long readKernelDrops() {
        try {
            return counters.get(Counter.RECEIVED) == 0 ? 0 : KernelDrops.of(port.localPort());
        } catch (Throwable e) {
            return KernelDrops.UNKNOWN;
        }
    }

    /** {@return how many packets of others the system has lost} */
    private long lostPackets() {
        long lost = readKernelDrops();
        return lost <= 0 || !marker.seen() ? lost : Math.max(0, lost - marker.lost());
    }

    /** The last thread has gone: lets go of all that costs room, also where someone keeps the closed endpoint. */
    private void retire() {
        boolean release;
        synchronized (crew) {
            release = usesWatchdog;
            usesWatchdog = false;
        }
        if (release) {
            Watchdog.SHARED.release(this);
        }
        heldAnswers.end();
        current = null;
        lastSeen = null;
        pool.clear();
        port.release();
        try {
            handler.terminated();
        } catch (Throwable e) {
            tell(e);
        } finally {
            crew.released();
        }
    }
}

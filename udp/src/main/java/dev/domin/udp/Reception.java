package dev.domin.udp;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

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
    private static final long OPEN = Long.MIN_VALUE;

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

    void countDropped() {
        counters.dropped(1);
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
            if (crew.leave(me)) {
                retire();
            }
        }
    }

    private void lead(Worker me) {
        Datagram buffer = null;
        turnKnown = false;
        while (next < batch || receive()) {
            if (buffer == null) {
                buffer = borrow();
            }
            int index = next++;
            if (buffer == null || !fill(buffer, index)) {
                countDropped();
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
            if (packets > 0) {
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
                return !crew.closing();
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
            } catch (IOException e) {
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
        } catch (OutOfMemoryError e) {
            tellBetween(e);
            return null;
        }
    }

    private boolean fill(Datagram buffer, int index) {
        try {
            port.take(index, buffer);
            return true;
        } catch (OutOfMemoryError e) {
            tellBetween(e);
            return false;
        }
    }

    /** {@return whether this thread is still the receiver} */
    private boolean serve(Worker me, Datagram datagram) {
        long deadline = Datagram.NO_DEADLINE;
        if (timeoutNanos >= 0) {
            deadline = (turnKnown ? turnNanos : System.nanoTime()) + timeoutNanos;
        }
        datagram.start(firstStatus, deadline);
        // Both sides write first and read then (here: the word, then closing): who closes finds the packet, or we find
        // that.
        if (crew.closing()) {
            datagram.drop();
            return finish(datagram);
        }
        if (timeoutNanos >= 0 && !watched.get() && watched.compareAndSet(false, true)) {
            Watchdog.SHARED.schedule(this, datagram.deadlineNanos());
        }
        Throwable failure = null;
        me.enterHandler();
        try {
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
        return stillReceiver;
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
                if (status == Datagram.RUNNING && !late && !datagram.failed()) {
                    counters.handled();
                    answer(datagram);
                } else if (status == Datagram.RUNNING || status == Datagram.WAITING) {
                    countDropped();
                }
                break;
            }
        }
        datagram.forgetReply();
        return mine;
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
                    cancelRunning();
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
                        countDropped();
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
        while (true) {
            if (phase.compareAndSet(RECEIVING, ENDED)) {
                closePort();
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
                countDropped();
            } else if (status != Datagram.GIVEN_UP && status != Datagram.MISSED) {
                return;
            }
            cancel(datagram);
            return;
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
        counters.dropped(batch - next);
        next = batch;
        closePort();
    }

    private void closePort() {
        if (portTaken.compareAndSet(false, true)) {
            finalKernelDrops = readKernelDrops();
            port.close();
            if (crew.portClosed()) {
                retire();
            }
        }
    }

    private long readKernelDrops() {
        try {
            return counters.get(Counter.RECEIVED) == 0 ? 0 : KernelDrops.of(port.localPort());
        } catch (OutOfMemoryError e) {
            return KernelDrops.UNKNOWN;
        }
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
    }
}

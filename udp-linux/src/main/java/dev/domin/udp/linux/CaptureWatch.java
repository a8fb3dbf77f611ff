package dev.domin.udp.linux;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether something captures packets on loopback, such as tcpdump, by Linux' table of packet sockets. While
 * it does, each answer is sent as a separate message: a message that the system cuts is captured as one large packet.
 *
 * <p>The table is read when a socket is opened, and once a second while answers are sent, on a thread that exists while
 * there are batch sockets. After a second without answers it is not read any more. Then the first answers are sent one
 * by one until it has been read again.
 */
final class CaptureWatch implements Runnable {

    private static final long PERIOD_NANOS = 1_000_000_000;

    private static volatile boolean clear; // whether nothing has captured when the table was last read
    private static volatile boolean used; // whether an answer has been sent since
    private static volatile boolean resting;
    private static volatile @Nullable Thread thread; // written with the monitor of this class held
    private static int sockets; // guarded by the monitor of this class

    private CaptureWatch() {}

    /** A batch socket is opened, whose answers may share messages. */
    static synchronized void acquire() {
        clear = !PacketSockets.anyCaptures();
        sockets++;
        used = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            return;
        }
        try {
            Thread fresh = new Thread(null, new CaptureWatch(), "domin-udp-capture", 0, false);
            fresh.setDaemon(true);
            fresh.start();
            thread = fresh;
        } catch (OutOfMemoryError e) {
            clear = false; // a capture that starts later would not be noticed
        }
    }

    /** Undoes {@link #acquire}. */
    static synchronized void release() {
        sockets--;
        if (sockets == 0) {
            LockSupport.unpark(thread);
        }
    }

    /** {@return whether answers may share a message now} Called for each message. */
    static boolean allowsSharing() {
        if (!used) {
            used = true;
            if (resting) {
                LockSupport.unpark(thread);
            }
        }
        return clear;
    }

    @Override
    public void run() {
        LockSupport.parkNanos(this, PERIOD_NANOS); // the table has just been read
        while (goesOn()) {
            if (used) {
                used = false;
                clear = !PacketSockets.anyCaptures();
                LockSupport.parkNanos(this, PERIOD_NANOS);
            } else {
                clear = false;
                resting = true;
                if (!used) {
                    LockSupport.park(this);
                }
                resting = false;
            }
            Thread.interrupted(); // an interrupt would end the next pause at once
        }
    }

    private static boolean goesOn() {
        synchronized (CaptureWatch.class) {
            if (sockets == 0) {
                clear = false;
                thread = null;
                return false;
            }
            return true;
        }
    }
}

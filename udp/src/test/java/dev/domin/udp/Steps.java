package dev.domin.udp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the threads of an endpoint run one at a time, so that a test decides what happens in which order: each stops
 * where it waits for a packet, and in its handler, until the test resumes it.
 */
@SuppressWarnings("SynchronizeOnNonFinalField") // set once, before the threads start
final class Steps {

    /** Where the receiver stops. Other places are numbers of packets. */
    static final int RECEIVING = -1;

    private Lifecycle lifecycle; // its monitor guards the rest: the end of a thread notifies it
    private final Map<Thread, Integer> stopped = new LinkedHashMap<>();
    private boolean free;

    void connect(Lifecycle some) {
        lifecycle = some;
    }

    Object monitor() {
        return lifecycle;
    }

    /** Stops the calling thread until it is resumed. */
    void stop(int place) {
        Thread self = Thread.currentThread();
        synchronized (lifecycle) {
            if (free) {
                return;
            }
            stopped.put(self, place);
            lifecycle.notifyAll();
        }
        boolean interrupted = false;
        while (isStopped(self)) {
            LockSupport.park(this); // not the monitor, which would wake all threads
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            self.interrupt();
        }
    }

    private boolean isStopped(Thread thread) {
        synchronized (lifecycle) {
            return stopped.containsKey(thread) && !free;
        }
    }

    /** Waits until all threads of the endpoint have stopped or ended. */
    void awaitAllStopped() throws InterruptedException {
        synchronized (lifecycle) {
            while (!stopped.keySet().containsAll(Arrays.asList(lifecycle.workers()))) {
                lifecycle.wait();
            }
        }
    }

    boolean isReceiving() {
        synchronized (lifecycle) {
            return stopped.containsValue(RECEIVING);
        }
    }

    /** {@return the packets whose handlers have stopped} */
    List<Integer> inHandlers() {
        synchronized (lifecycle) {
            return stopped.values().stream()
                    .filter(place -> place != RECEIVING)
                    .sorted()
                    .toList();
        }
    }

    /** Resumes the thread at a place, and waits until it has stopped again, or ended. */
    void resume(int place) throws InterruptedException {
        synchronized (lifecycle) {
            for (Map.Entry<Thread, Integer> each : stopped.entrySet()) {
                if (each.getValue() == place) {
                    stopped.remove(each.getKey());
                    LockSupport.unpark(each.getKey());
                    break;
                }
            }
        }
        awaitAllStopped();
    }

    /** Lets all threads run from now on. */
    void free() {
        synchronized (lifecycle) {
            free = true;
            stopped.keySet().forEach(LockSupport::unpark);
            lifecycle.notifyAll();
        }
    }

    /** {@return one of some values} */
    static long oneOf(Random random, long... values) {
        return values[random.nextInt(values.length)];
    }
}

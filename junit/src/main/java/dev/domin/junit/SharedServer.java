package dev.domin.junit;

import dev.domin.testkit.UdpServer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A server that tests share. It runs as long as a class uses it: several may inherit one static field. */
final class SharedServer implements Comparable<SharedServer>, AutoCloseable {

    private static final Map<UdpServer, SharedServer> USED = new HashMap<>();
    private static long count; // guarded by USED

    private final UdpServer server;
    private final long number = ++count;
    private final Semaphore free = new Semaphore(1); // not a lock: a test may end in another thread
    private int classes; // guarded by USED

    private SharedServer(UdpServer server) {
        this.server = server;
    }

    /**
     * Starts a server for a class, unless another one uses it. Each call needs a call of {@link #close}.
     *
     * @param name the field; null for a parameter
     */
    static SharedServer use(UdpServer server, @Nullable String name) {
        synchronized (USED) {
            SharedServer shared = USED.get(server);
            if (shared == null) {
                TestServers.checkNotStarted(server, name);
                server.start();
                shared = new SharedServer(server);
                USED.put(server, shared);
            }
            shared.classes++;
            return shared;
        }
    }

    UdpServer server() {
        return server;
    }

    /** Waits until no other test uses the server. */
    void acquire() {
        free.acquireUninterruptibly();
    }

    void release() {
        free.release();
    }

    /** {@return the order in which tests take servers, so that no two wait for each other} */
    @Override
    public int compareTo(SharedServer other) {
        return Long.compare(number, other.number);
    }

    /** Closes the server if no other class uses it. */
    @Override
    public void close() {
        synchronized (USED) {
            if (--classes == 0) {
                USED.remove(server);
                server.close();
            }
        }
    }
}

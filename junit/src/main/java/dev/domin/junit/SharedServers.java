package dev.domin.junit;

import dev.domin.testkit.UdpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the tests of a class share. A test takes them for itself while it runs; those of the classes around
 * first, so that no two tests wait for each other.
 */
final class SharedServers implements AutoCloseable {

    private final @Nullable SharedServers outer; // of the class around this one
    private final List<UdpServer> own = new ArrayList<>();
    private final Semaphore free = new Semaphore(1); // not a lock: a test may end in another thread

    SharedServers(@Nullable SharedServers outer) {
        this.outer = outer;
    }

    /** Starts a server, unless it was started by the test before. */
    synchronized void start(UdpServer server) {
        if (!own.contains(server)) {
            server.start();
            own.add(server);
        }
    }

    /** {@return this and those of the classes around, as far as they have servers, the outermost first} */
    List<SharedServers> all() {
        List<SharedServers> all = outer == null ? new ArrayList<>() : outer.all();
        if (!servers().isEmpty()) {
            all.add(this);
        }
        return all;
    }

    synchronized List<UdpServer> servers() {
        return List.copyOf(own);
    }

    /** Waits until no other test uses the servers. */
    void acquire() {
        free.acquireUninterruptibly();
    }

    void release() {
        free.release();
    }

    @Override
    public void close() {
        List<Throwable> problems = new ArrayList<>();
        servers().forEach(server -> TestServers.collect(problems, server::close));
        TestServers.throwAll(problems);
    }
}

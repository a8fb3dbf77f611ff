package dev.domin.junit;

import dev.domin.testkit.UdpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The servers that the tests of a class share. A test takes them for itself while it runs. */
final class SharedServers implements AutoCloseable {

    private final @Nullable SharedServers outer; // of the class around this one
    private final List<SharedServer> own = new ArrayList<>();

    SharedServers(@Nullable SharedServers outer) {
        this.outer = outer;
    }

    /**
     * Starts a server, unless it was started by the test before.
     *
     * @param name the field; null for a parameter
     */
    @SuppressWarnings("ReferenceEquality")
    synchronized void start(UdpServer server, @Nullable String name) {
        if (own.stream().noneMatch(each -> each.server() == server)) {
            own.add(SharedServer.use(server, name));
        }
    }

    /** {@return these and those of the classes around, in the order in which a test takes them} */
    SortedSet<SharedServer> all() {
        SortedSet<SharedServer> all = outer == null ? new TreeSet<>() : outer.all();
        synchronized (this) {
            all.addAll(own);
        }
        return all;
    }

    @Override
    public void close() {
        List<SharedServer> servers;
        synchronized (this) {
            servers = List.copyOf(own);
        }
        List<Throwable> problems = new ArrayList<>();
        servers.forEach(each -> TestServers.collect(problems, each::close));
        TestServers.throwAll(problems);
    }
}

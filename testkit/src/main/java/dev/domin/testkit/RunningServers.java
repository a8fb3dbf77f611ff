package dev.domin.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which servers run, and which thread has started each. */
final class RunningServers {

    private static final Map<UdpServer, Thread> STARTERS = new ConcurrentHashMap<>();

    private RunningServers() {}

    static void add(UdpServer server) {
        STARTERS.put(server, Thread.currentThread());
    }

    static void remove(UdpServer server) {
        STARTERS.remove(server);
    }

    static List<UdpServer> of(Thread thread) {
        return STARTERS.entrySet().stream()
                .filter(each -> each.getValue() == thread)
                .map(Map.Entry::getKey)
                .toList();
    }
}

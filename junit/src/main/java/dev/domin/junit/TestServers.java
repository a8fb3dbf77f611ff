package dev.domin.junit;

import dev.domin.testkit.Checkpoint;
import dev.domin.testkit.UdpServer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers of one test: its own, and the shared ones while it runs. Used by the thread of the test. */
final class TestServers implements AutoCloseable {

    /** Shows the journals beside the failure of a test, without the name of this class. */
    @SuppressWarnings("OverrideThrowableToString")
    private static final class JournalOfTest extends Exception {

        private static final long serialVersionUID = 1L;

        JournalOfTest(String text) {
            super(text, null, false, false);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }

    private final List<UdpServer> own = new ArrayList<>();
    private final List<SharedServers> shared = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private List<UdpServer> startedBefore = List.of();
    private boolean ended;

    void start(UdpServer server) {
        server.start();
        own.add(server);
    }

    /** Takes the shared servers, and remembers their state. */
    void begin(List<SharedServers> servers) {
        for (SharedServers each : servers) {
            each.acquire();
            shared.add(each);
            each.servers().forEach(server -> {
                server.journal().clear();
                checkpoints.add(server.checkpoint());
            });
        }
        startedBefore = UdpServer.startedBy(Thread.currentThread());
    }

    /** Adds the journals to the failure of the test, except those that its message has already. */
    void explain(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        List<UdpServer> servers = servers();
        for (int i = 0; i < servers.size(); i++) {
            String text = text(servers.get(i));
            if (!message.contains(text)) {
                problem.addSuppressed(new JournalOfTest(title(servers, i) + text));
            }
        }
    }

    /** Ends the test: checks its servers, publishes the journals if it has failed, and closes what it has opened. */
    void end(ExtensionContext context) {
        List<Throwable> problems = new ArrayList<>();
        try {
            for (UdpServer server : servers()) {
                collect(problems, server::throwIfFailed);
            }
            collect(problems, this::closeForgotten);
            if (context.getExecutionException().isPresent() || !problems.isEmpty()) {
                collect(
                        problems,
                        () -> publish(context)); // last: where reports cannot have files, the reason comes first
            }
        } finally {
            problems.addAll(closeAll());
        }
        throwAll(problems);
    }

    /** Runs a check or another step, and keeps what it throws. */
    static void collect(List<Throwable> problems, Runnable check) {
        try {
            check.run();
        } catch (Throwable e) {
            problems.add(e);
        }
    }

    static void throwAll(List<Throwable> problems) {
        if (problems.isEmpty()) {
            return;
        }
        Throwable first = problems.get(0);
        problems.subList(1, problems.size()).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) first;
    }

    /** Closes what the test has started itself and left open. */
    private void closeForgotten() {
        List<UdpServer> left = new ArrayList<>(UdpServer.startedBy(Thread.currentThread()));
        left.removeAll(startedBefore);
        left.removeAll(own);
        List<Throwable> problems = new ArrayList<>();
        left.forEach(server -> collect(problems, server::close)); // that it was left open is what matters
        if (!left.isEmpty()) {
            throw new AssertionError("the test has left a server open on port "
                    + left.get(0).port() + ": close it, or let @StartUdp do it");
        }
    }

    private void publish(ExtensionContext context) {
        List<UdpServer> servers = servers();
        for (int i = 0; i < servers.size(); i++) {
            String text = title(servers, i) + text(servers.get(i));
            String name = "udp-journal-" + servers.get(i).port() + ".txt";
            context.publishFile(name, MediaType.TEXT_PLAIN_UTF_8, file -> Files.writeString(file, text));
        }
    }

    private static String title(List<UdpServer> servers, int index) {
        return "journal of the UDP server on port " + servers.get(index).port();
    }

    private static String text(UdpServer server) {
        return "\n" + server.journal().toString().stripTrailing();
    }

    private List<UdpServer> servers() {
        List<UdpServer> all = new ArrayList<>(own);
        shared.forEach(each -> all.addAll(each.servers()));
        return all;
    }

    /** Closes the test's own servers and gives the shared ones back. JUnit calls this again. */
    @Override
    public void close() {
        throwAll(closeAll());
    }

    /** {@return what has failed} A server that cannot be closed keeps neither the others nor the next test waiting. */
    private List<Throwable> closeAll() {
        List<Throwable> problems = new ArrayList<>();
        if (!ended) {
            ended = true;
            own.forEach(server -> collect(problems, server::close));
            checkpoints.forEach(checkpoint -> collect(problems, checkpoint::restore));
            shared.forEach(SharedServers::release);
        }
        return problems;
    }
}

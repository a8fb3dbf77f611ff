package dev.domin.junit;

import dev.domin.testkit.Checkpoint;
import dev.domin.testkit.UdpServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
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

    /** How long to wait, at the end of a test, for packets that have been sent and for functions that still run. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    /** How many of the last rows of a journal are searched in the message of a failure, which shows fewer. */
    private static final int ROWS = 30;

    private final List<UdpServer> own = new ArrayList<>();
    private final List<SharedServer> shared = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private final Set<UdpServer> shown = new HashSet<>(); // their journals are in the message of the failure
    private List<UdpServer> startedBefore = List.of();
    private boolean failed; // also a dynamic test of this factory
    private boolean ended;

    /**
     * Starts a server of the test's own.
     *
     * @param name the field; null for a parameter
     */
    void start(UdpServer server, @Nullable String name) {
        checkNotStarted(server, name);
        server.start();
        own.add(server);
    }

    /** Checks that a server does not run yet. */
    static void checkNotStarted(UdpServer server, @Nullable String name) {
        if (server.isRunning()) {
            throw new ExtensionConfigurationException(
                    name + " is started already: remove start(), since @StartUdp starts it");
        }
    }

    /** Takes the shared servers, and remembers their state. */
    void begin(Collection<SharedServer> servers) {
        for (SharedServer each : servers) {
            each.acquire();
            shared.add(each);
            UdpServer server = each.server();
            server.settle(SETTLE);
            server.journal().clear();
            checkpoints.add(server.checkpoint());
        }
        startedBefore = UdpServer.startedBy(Thread.currentThread());
    }

    /** Notes which journals the message of a failure has already. */
    void note(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        servers().stream().filter(server -> shows(message, server)).forEach(shown::add);
    }

    /** Adds the journals to the failure of a dynamic test, except those that its message has. */
    void explainDynamic(Throwable failure) {
        failed = true;
        String message = String.valueOf(failure.getMessage());
        List<UdpServer> servers = servers();
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).settle(SETTLE);
            if (!shows(message, servers.get(i))) {
                failure.addSuppressed(new JournalOfTest(title(servers, i) + text(servers.get(i))));
            }
        }
    }

    private static boolean shows(String message, UdpServer server) {
        String text = text(server);
        List<String> rows = text.lines()
                .filter(line -> line.startsWith("  in ") || line.startsWith("  out "))
                .toList();
        return rows.isEmpty()
                ? message.contains(text)
                : rows.subList(Math.max(0, rows.size() - ROWS), rows.size()).stream()
                        .anyMatch(message::contains);
    }

    /** Ends the test: checks its servers, publishes the journals if it has failed, and closes what it has opened. */
    void end(ExtensionContext context) {
        List<Throwable> problems = new ArrayList<>();
        try {
            servers().forEach(server -> collect(problems, () -> server.settle(SETTLE)));
            own.forEach(server -> collect(problems, server::close)); // before the check: now nothing comes any more
            context.getExecutionException()
                    .ifPresentOrElse(
                            failure -> explain(failure, problems),
                            () -> servers().forEach(server -> collect(problems, server::throwIfFailed)));
            collect(problems, this::closeForgotten);
            if (failed || context.getExecutionException().isPresent() || !problems.isEmpty()) {
                collect(
                        problems,
                        () -> publish(context)); // last: where reports cannot have files, the reason comes first
            }
        } finally {
            problems.addAll(closeAll());
        }
        throwAll(problems);
    }

    /** Adds the journals to the failure of a test, and finds what else has failed, without a journal. */
    private void explain(Throwable failure, List<Throwable> problems) {
        List<UdpServer> servers = servers();
        for (int i = 0; i < servers.size(); i++) {
            UdpServer server = servers.get(i);
            server.problem().ifPresent(problem -> problems.add(new AssertionError(problem.stripTrailing())));
            if (!shown.contains(server)) {
                failure.addSuppressed(new JournalOfTest(title(servers, i) + text(server)));
            }
        }
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
        shared.forEach(each -> all.add(each.server()));
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
            shared.forEach(SharedServer::release);
        }
        return problems;
    }
}

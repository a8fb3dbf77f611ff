package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves threads or sockets behind, exactly. Registered for all tests of this module. */
public final class LeftoversExtension implements BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(LeftoversExtension.class);

    /** Threads that the JDK and the test libraries start when they are first used. */
    private static final List<String> OTHERS = List.of(
            "ForkJoinPool.",
            "CompletableFutureDelayScheduler",
            "junit-",
            "awaitility",
            "Common-Cleaner",
            "Cleaner-",
            "process reaper",
            "Attach Listener",
            "surefire-",
            "Keep-Alive",
            "JNA",
            "Signal Dispatcher",
            "SIG");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static {
        try { // the JDK keeps a socket of its own from the first one on
            DatagramChannel.open().close();
            new DatagramSocket().close();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private record State(Set<Thread> threads, Set<String> sockets) {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        context.getStore(SPACE).put("before", new State(threads(), sockets()));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        State before = Objects.requireNonNull(context.getStore(SPACE).get("before", State.class));
        if (context.getExecutionException().isPresent()) {
            return; // that failure is what matters
        }
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(newThreads(before)).as("threads that are left").isEmpty();
                    assertThat(newSockets(before)).as("sockets that are left").isEmpty();
                });
    }

    private static List<String> newThreads(State before) {
        List<String> found = new ArrayList<>();
        for (Thread thread : threads()) {
            if (!before.threads.contains(thread) && OTHERS.stream().noneMatch(thread.getName()::startsWith)) {
                found.add(thread.getName());
            }
        }
        return found;
    }

    private static Set<String> newSockets(State before) throws IOException {
        Set<String> found = sockets();
        found.removeAll(before.sockets);
        return found;
    }

    private static Set<Thread> threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] all = new Thread[2 * root.activeCount() + 64];
        int count = root.enumerate(all);
        return Arrays.stream(all, 0, count).collect(Collectors.toSet());
    }

    /** {@return the sockets that this process has open; none where the system does not say} */
    static Set<String> sockets() throws IOException {
        Set<String> found = new TreeSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return found;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path each : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    if (target.startsWith("socket:")) {
                        found.add(each.getFileName() + " " + target);
                    }
                } catch (IOException e) {
                    // It has been closed meanwhile.
                }
            }
        }
        return found;
    }
}

package dev.domin.leftovers;

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
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test, or a test class, that leaves threads, sockets, files or pipes behind, exactly, and names them.
 * Registered for all tests of this module, and of those that have its test jar on their class path. What a class opens
 * before its first test, such as a server for all of them, may stay until its last test has ended.
 */
public final class LeftoversExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(LeftoversExtension.class);

    /** Threads that the JDK and the test libraries start when they are first used. */
    private static final List<String> OTHERS = List.of(
            "ForkJoinPool.",
            "ForkJoinPool-",
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

    /** How names of files begin that the JDK opens when it first needs them, and of the list of descriptors. */
    private static final List<String> OTHER_FILES = List.of("/proc/", "/dev/random", "/dev/urandom", "/dev/null");

    private static final List<String> OTHER_ENDS = List.of(".jar", "/lib/modules");

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static {
        try { // the JDK keeps a socket of its own from the first one on
            DatagramChannel.open().close();
            new DatagramSocket().close();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What there was at some time. */
    record State(Set<Thread> threads, Set<String> descriptors) {

        static State now() throws IOException {
            return new State(LeftoversExtension.threads(), LeftoversExtension.descriptors());
        }

        /** {@return the threads, sockets, files and pipes that there are now and were not there then} */
        List<String> left() throws IOException {
            List<String> found = new ArrayList<>();
            for (Thread thread : LeftoversExtension.threads()) {
                if (!threads.contains(thread) && OTHERS.stream().noneMatch(thread.getName()::startsWith)) {
                    found.add("thread " + thread.getName());
                }
            }
            Set<String> open = LeftoversExtension.descriptors();
            open.removeAll(descriptors);
            found.addAll(open);
            return found;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        remember(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        remember(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check(context);
    }

    private static void remember(ExtensionContext context) throws IOException {
        context.getStore(SPACE).put(context.getUniqueId(), State.now());
    }

    private static void check(ExtensionContext context) {
        State before = Objects.requireNonNull(context.getStore(SPACE).get(context.getUniqueId(), State.class));
        if (context.getExecutionException().isPresent()) {
            return; // that failure is what matters
        }
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                // Rarely: the garbage collector, which asking often would start, also closes a socket that was left.
                .pollInterval(IterativePollInterval.iterative(last -> last.multipliedBy(2), Duration.ofMillis(2)))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(before.left())
                        .as("threads, sockets, files and pipes that are left")
                        .isEmpty());
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

    /**
     * Lists what this process has open.
     *
     * @return the sockets, files and pipes, each with its number; none where the system does not say
     * @throws IOException if they cannot be read
     */
    public static Set<String> descriptors() throws IOException {
        Set<String> found = new TreeSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return found;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path each : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    if (OTHER_FILES.stream().noneMatch(target::startsWith)
                            && OTHER_ENDS.stream().noneMatch(target::endsWith)) {
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

package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.Failing.Operation;
import dev.domin.udp.transport.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each operation of the transport, of the clock and of threads fails once: at its first call, at its second one, and so
 * on, as long as there are so many. Whatever is thrown, all packets are counted, later ones are answered, and the
 * endpoint can be closed.
 */
@Timeout(600)
class NthCallTest {

    private static final int QUEUED = 3;
    private static final int MAX_CALLS = 40; // the clock is read again and again while something is waited for

    private static final List<Supplier<Throwable>> FAILURES = List.of(
            () -> new IOException("nth"),
            () -> new IllegalStateException("nth"),
            () -> new OutOfMemoryError("nth"),
            () -> new UnsatisfiedLinkError("nth"),
            () -> new StackOverflowError("nth"));

    private int failure; // the place in FAILURES

    @ParameterizedTest
    @EnumSource
    void shouldCountAnswerAndCloseWhateverFails(Operation operation) throws Exception {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        if (!TransportKind.batchesAvailable()) {
            kinds.remove(Kind.BATCHES);
        }
        for (boolean after : new boolean[] {false, true}) {
            for (boolean limited : new boolean[] {false, true}) {
                for (Kind kind : kinds) {
                    int nth = 1;
                    while (nth <= MAX_CALLS && failsOnce(kind, limited, operation, nth, after)) {
                        nth++;
                    }
                }
            }
        }
    }

    private boolean failsOnce(Kind kind, boolean limited, Operation operation, int nth, boolean after)
            throws Exception {
        Supplier<Throwable> thrown = FAILURES.get(failure++ % FAILURES.size());
        if (operation == Operation.CLOCK || operation == Operation.START_THREAD) {
            thrown = FAILURES.get(1 + failure % (FAILURES.size() - 1)); // these declare no exception
        }
        String what = operation + " of " + kind + (limited ? " with a timeout" : "") + " at call " + nth
                + (after ? ", when done, " : " ") + thrown.get();
        try {
            Run run = new Run(kind.open(), limited);
            Failing failing = new Failing(run.socket.transport(), operation, nth, after, thrown);
            run.run(failing);
            return failing.hasFailed();
        } catch (Throwable e) {
            throw new AssertionError(what, e);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("domin-udp"))
                .count();
    }

    /** The transports. */
    private enum Kind {
        SCRIPTED {
            @Override
            Socket open() {
                return new Scripted(false);
            }
        },
        HOLDING {
            @Override
            Socket open() {
                return new Scripted(true);
            }
        },
        CHANNEL {
            @Override
            Socket open() throws IOException {
                return new Real(TransportKind.CHANNEL);
            }
        },
        BATCHES {
            @Override
            Socket open() throws IOException {
                return new Real(TransportKind.BATCHES);
            }
        };

        abstract Socket open() throws IOException;
    }

    /** A transport and its client. */
    private interface Socket {
        Transport transport();

        void send(String... texts) throws IOException;

        boolean hasAnswered(String text) throws IOException;

        void checkNothingIsLeft() throws IOException;
    }

    private static final class Scripted implements Socket {
        private final ScriptedTransport transport;

        Scripted(boolean holding) {
            transport = new ScriptedTransport(holding);
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public void send(String... texts) {
            transport.deliver(texts);
        }

        @Override
        public boolean hasAnswered(String text) {
            return transport.replies.contains(text);
        }

        @Override
        public void checkNothingIsLeft() {
            assertThat(transport.closed.get()).isPositive();
            assertThat(transport.released.get()).isPositive();
        }
    }

    private static final class Real implements Socket {
        private final Transport transport;
        private final Client client;
        private final List<String> answers = new ArrayList<>();

        Real(TransportKind kind) throws IOException {
            transport = Engine.openTransport(kind.options());
            client = new Client(transport.localAddress().getPort());
        }

        @Override
        public Transport transport() {
            return transport;
        }

        @Override
        public void send(String... texts) throws IOException {
            for (String text : texts) {
                client.send(text);
            }
        }

        @Override
        public boolean hasAnswered(String text) throws IOException {
            byte[] answer = client.receive(5);
            while (answer != null) {
                answers.add(new String(answer, UTF_8));
                answer = client.receive(1);
            }
            return answers.contains(text);
        }

        @Override
        public void checkNothingIsLeft() throws IOException {
            client.close();
            new DatagramSocket(transport.localAddress().getPort(), InetAddress.getLoopbackAddress()).close();
        }
    }

    private static final class Run {
        private final Socket socket;
        private final boolean limited;
        private final AtomicLong sent = new AtomicLong();
        private final CountDownLatch late = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);
        private final AtomicBoolean holding = new AtomicBoolean();
        private UdpEndpoint endpoint;

        Run(Socket socket, boolean limited) {
            this.socket = socket;
            this.limited = limited;
        }

        void run(Failing failing) throws Exception {
            UdpOptions options = Options.onError(
                    Options.timeout(UdpOptions.DEFAULTS, limited ? 5 : -1), problem -> {}); // anything may fail
            try {
                endpoint = UdpEndpoint.open(
                        failing,
                        options,
                        AdvancedOptions.DEFAULTS,
                        new HandlerKind(this::handle, false),
                        failing.machine());
            } catch (Throwable e) {
                assertThat(failing.hasFailed()).as("failed").isTrue();
                late.countDown();
                Waiting.until(() -> threads() == 0);
                socket.checkNothingIsLeft();
                return;
            }
            try {
                send("one", "fails", "three");
                awaitCounted();
                if (limited) {
                    send("late", "next");
                    awaitCounted();
                    late.countDown();
                }
                Waiting.until(() -> {
                    send("probe");
                    awaitCounted();
                    return socket.hasAnswered("probe");
                });
                if (!limited) {
                    closeWithQueued();
                }
            } finally {
                late.countDown();
                held.countDown();
                close();
                endpoint.advanced().awaitTermination();
            }
            UdpStats stats = endpoint.stats();
            assertThat(stats.received()).as("received").isEqualTo(sent.get());
            assertThat(stats.inFlight()).as("in flight").isZero();
            Waiting.until(() -> threads() == 0);
            socket.checkNothingIsLeft();
        }

        private void closeWithQueued() throws Exception {
            Waiting.until(
                    () -> { // unless it is dropped before its handler begins
                        if (!holding.get()) {
                            send("hold");
                            awaitCounted();
                        }
                        return holding.get();
                    });
            String[] queued = new String[QUEUED];
            Arrays.fill(queued, "queued");
            send(queued);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(this::close);
            Waiting.until(() -> !endpoint.isOpen());
            held.countDown();
            closing.get();
        }

        private void close() {
            try {
                endpoint.close();
            } catch (Throwable e) { // only where the clock fails
                endpoint.close();
            }
        }

        private void send(String... texts) throws IOException {
            sent.addAndGet(texts.length);
            socket.send(texts);
        }

        private void awaitCounted() {
            Waiting.until(() -> {
                UdpStats stats = endpoint.stats();
                return stats.received() == sent.get() && stats.inFlight() == 0 || holding.get();
            });
        }

        private void handle(AdvancedDatagram packet) throws Exception {
            switch (packet.text()) {
                case "fails" -> throw new IllegalArgumentException("on purpose");
                case "late" -> late.await();
                case "hold" -> {
                    holding.set(true);
                    held.await();
                }
                default -> packet.reply(packet.payload());
            }
        }
    }
}

package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.SteppedTransport.Answer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Deadlines on a virtual clock: random schedules of packets, handlers and time, each of which follows from its seed.
 * What has to become of a packet is decided here by two times only: when its turn comes and when its handler ends.
 */
@Timeout(120)
class VirtualDeadlineTest {

    private static final int SCHEDULES = Integer.getInteger("deadline.schedules", 2000);
    private static final long SEED = Long.getLong("deadline.seed", 1);

    @Test
    void shouldKeepDeadlinesInRandomSchedules() throws Exception {
        for (int i = 0; i < SCHEDULES; i++) {
            long seed = SEED + i;
            try {
                new Schedule(new Random(seed)).run();
            } catch (AssertionError e) {
                throw new AssertionError("repeat this run with -Ddeadline.schedules=1 -Ddeadline.seed=" + seed, e);
            }
        }
    }

    @Test
    void shouldFlushHeldAnswersAfterAMillisecond() throws Exception {
        VirtualMachine machine = new VirtualMachine(-5);
        Steps steps = new Steps();
        SteppedTransport socket = new SteppedTransport(steps, true, () -> {});
        UdpOptions options = UdpOptions.builder().timeout(Duration.ofSeconds(1)).build();
        Engine engine = new Engine(
                socket,
                options,
                0,
                HandlerKind.simple(packet -> {
                    steps.stop(packet.payload()[3]);
                    packet.reply(packet.payload());
                }),
                machine);
        steps.connect(engine.lifecycle());
        engine.start(options, AdvancedOptions.DEFAULTS);
        steps.awaitAllStopped();
        socket.deliver(1, 2);
        steps.resume(Steps.RECEIVING);
        steps.resume(1);
        look(machine, steps);
        machine.pass(999_999);
        look(machine, steps);
        assertThat(socket.answers()).isEmpty();
        machine.pass(1);
        look(machine, steps);
        assertThat(socket.answers()).containsExactly(new Answer(1, 1));
        steps.resume(2);
        assertThat(socket.answers()).containsExactly(new Answer(1, 1), new Answer(2, 2));
        close(engine, steps);
    }

    @Test
    void shouldCancelAHandlerAtTheEndOfTheGraceNotBefore() throws Exception {
        VirtualMachine machine = new VirtualMachine(Long.MAX_VALUE - 1000);
        Steps steps = new Steps();
        SteppedTransport socket = new SteppedTransport(steps, false, () -> {});
        UdpOptions options = Options.closeGrace(UdpOptions.DEFAULTS, 5);
        AtomicInteger cancelled = new AtomicInteger();
        AtomicReference<Engine> self = new AtomicReference<>();
        AdvancedHandler handler = new AdvancedHandler() {
            @Override
            public void handle(AdvancedDatagram packet) throws Exception {
                packet.begin();
                self.get().shutdown().close(false); // does not wait for its own handler
                steps.stop(1);
                packet.reply(packet.payload());
            }

            @Override
            public void cancel(AdvancedDatagram packet) {
                cancelled.incrementAndGet();
            }
        };
        Engine engine = new Engine(socket, options, 0, HandlerKind.advanced(handler), machine);
        self.set(engine);
        steps.connect(engine.lifecycle());
        engine.start(options, AdvancedOptions.DEFAULTS);
        steps.awaitAllStopped();
        socket.deliver(1);
        steps.resume(Steps.RECEIVING);
        machine.pass(4_999_999);
        look(machine, steps);
        assertThat(cancelled).hasValue(0);
        machine.pass(1);
        look(machine, steps);
        Waiting.until(() -> cancelled.get() == 1);
        steps.free();
        engine.shutdown().awaitTermination();
        assertThat(socket.isClosed()).isTrue();
    }

    /** Lets the watchdog look at everything that is due. */
    private static void look(VirtualMachine machine, Steps steps) throws InterruptedException {
        while (machine.watchdog().lookAtNext() <= 0) {
            steps.awaitAllStopped();
        }
    }

    private static void close(Engine engine, Steps steps) throws InterruptedException {
        steps.free();
        engine.shutdown().close(true);
    }

    /** What a handler does with a packet, when, and what has to become of it. */
    private static final class Expected {
        final int kind;
        final long deadline;
        final boolean limited;
        boolean begun;
        boolean ended;
        Fate fate; // null until it is decided

        Expected(int kind, boolean limited, long deadline) {
            this.kind = kind;
            this.limited = limited;
            this.deadline = deadline;
        }

        boolean isLateAt(long now) {
            return limited && now - deadline >= 0;
        }
    }

    private static final class Schedule {

        private static final int REPLIES = 0;
        private static final int SILENT = 1;
        private static final int THROWS = 2;
        private static final int DROPS = 3;
        private static final int NEVER_BEGINS = 4;

        private final Random random;
        private final VirtualMachine machine;
        private final Steps steps = new Steps();
        private final SteppedTransport socket;
        private final UdpOptions options;
        private final long timeout;
        private final boolean waits;
        private final Engine engine;
        private final Expected[] packets = new Expected[1000];
        private final List<Answer> answers = new ArrayList<>();
        private int sent;
        private int delivered;
        private Throwable failure;

        Schedule(Random random) {
            this.random = random;
            this.machine = new VirtualMachine(
                    Steps.oneOf(random, 0, random.nextLong(), Long.MAX_VALUE - random.nextInt(1 << 20), -1));
            long wanted = Steps.oneOf(
                    random, -1, 0, 1, 1_000_000, 1_000_001, 2_500_000, 1_000_000_000, random.nextInt(1 << 30));
            this.timeout = wanted < 0 ? -1 : Math.max(wanted, 1_000_000); // the least that there is
            this.waits = random.nextBoolean();
            boolean holding = random.nextBoolean();
            this.socket = new SteppedTransport(steps, holding, this::takeTime);
            UdpOptions.Builder builder =
                    UdpOptions.builder().maxBuffers(1 + random.nextInt(5)).onError(this::report);
            if (wanted >= 0) {
                builder.timeout(Duration.ofNanos(wanted));
            }
            this.options = builder.build();
            this.engine = new Engine(socket, options, 0, new HandlerKind(this::handle, waits), machine);
        }

        void run() throws Exception {
            steps.connect(engine.lifecycle());
            engine.start(options, AdvancedOptions.DEFAULTS);
            steps.awaitAllStopped();
            try {
                int count = 5 + random.nextInt(20);
                for (int i = 0; i < count; i++) {
                    step();
                    checkSnapshot();
                }
                while (!steps.inHandlers().isEmpty() || socket.hasQueued()) { // all that was delivered is handled
                    resumeOne();
                    checkSnapshot();
                }
            } finally {
                VirtualDeadlineTest.close(engine, steps);
            }
            checkEnd();
        }

        private void step() throws Exception {
            switch (random.nextInt(4)) {
                case 0 -> deliver();
                case 1 -> pass();
                case 2 -> {
                    look(machine, steps);
                    checkNothingIsOverdue();
                }
                default -> resumeOne();
            }
        }

        private void deliver() {
            int[] batch = new int[1 + random.nextInt(4)];
            for (int i = 0; i < batch.length; i++) {
                batch[i] = random.nextInt(20) == 0 ? SteppedTransport.FORGED : sent++;
            }
            delivered += batch.length;
            socket.deliver(batch);
        }

        /** Lets time pass, often up to a moment at which something changes. */
        private void pass() {
            List<Integer> inHandlers = steps.inHandlers();
            if (timeout < 0 || inHandlers.isEmpty() || random.nextInt(3) == 0) {
                machine.pass(random.nextInt((int) Math.min(1 << 30, Math.max(2, 2 * timeout))));
                return;
            }
            Expected packet = packets[inHandlers.get(random.nextInt(inHandlers.size()))];
            long left = packet.deadline - machine.nanoTime() + random.nextInt(3) - 1;
            machine.pass(Math.max(0, left));
        }

        private void resumeOne() throws Exception {
            List<Integer> places = new ArrayList<>(steps.inHandlers());
            if (steps.isReceiving() && socket.hasQueued()) {
                places.add(Steps.RECEIVING);
            }
            if (!places.isEmpty()) {
                steps.resume(places.get(random.nextInt(places.size())));
            } else if (socket.hasQueued()) {
                look(machine, steps);
            }
        }

        /** While an answer is sent, or an error reported. */
        private void takeTime() {
            if (random.nextInt(3) == 0) {
                machine.pass(random.nextInt(1 << 20));
            }
        }

        private void report(Throwable problem) {
            if (problem.getMessage().equals("on purpose")) {
                takeTime();
            } else {
                failure = problem;
            }
        }

        private void handle(AdvancedDatagram packet) {
            int number = ByteBuffer.wrap(packet.payload()).getInt();
            boolean limited = timeout >= 0;
            long now = machine.nanoTime();
            assertThat(packet.startNanos()).isEqualTo(limited ? now : AdvancedDatagram.NO_DEADLINE);
            Expected expected = new Expected(random.nextInt(waits ? 5 : 4), limited, now + timeout);
            assertThat(packets[number])
                    .as("packet %d, which has been handled", number)
                    .isNull();
            packets[number] = expected;
            expected.begun = !waits;
            if (waits) {
                steps.stop(number); // another thread has the lock of scripts
                if (expected.kind == NEVER_BEGINS) {
                    end(expected, Fate.FAILED);
                    return;
                }
                expected.begun = packet.begin();
                assertThat(expected.begun).isEqualTo(!expected.isLateAt(machine.nanoTime()));
                if (!expected.begun) {
                    end(expected, Fate.LATE);
                    return;
                }
            }
            steps.stop(number);
            if (expected.kind == REPLIES) {
                packet.reply(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
            }
            switch (expected.kind) {
                case REPLIES -> {
                    end(expected, Fate.HANDLED);
                    if (expected.fate == Fate.HANDLED) {
                        answers.add(new Answer(number, number));
                    }
                }
                case SILENT -> end(expected, Fate.SILENT);
                case DROPS -> {
                    packet.drop();
                    end(expected, Fate.FAILED);
                }
                case THROWS -> {
                    end(expected, Fate.FAILED);
                    throw new IllegalStateException("on purpose");
                }
                default -> throw new AssertionError(expected.kind);
            }
        }

        private void end(Expected packet, Fate inTime) {
            packet.ended = true;
            packet.fate = packet.isLateAt(machine.nanoTime()) ? Fate.LATE : inTime;
        }

        private List<Expected> entered() {
            return IntStream.range(0, sent)
                    .mapToObj(i -> packets[i])
                    .filter(packet -> packet != null)
                    .toList();
        }

        /** After the watchdog has looked: every late packet is dropped, and there is a receiver. */
        private void checkNothingIsOverdue() {
            long now = machine.nanoTime();
            long late = entered().stream()
                    .filter(packet -> packet.ended ? packet.fate == Fate.LATE : packet.isLateAt(now))
                    .count();
            assertThat(engine.accounts().count(Fate.LATE)).isEqualTo(late);
            boolean anyInTime = entered().stream().anyMatch(packet -> !packet.ended && !packet.isLateAt(now));
            assertThat(steps.isReceiving()).isEqualTo(!anyInTime);
        }

        private void checkSnapshot() {
            if (failure != null) {
                throw new AssertionError("reported", failure);
            }
            UdpStats stats = engine.accounts().snapshot(0);
            assertThat(stats.inFlight()).isNotNegative();
            long inTime = entered().stream()
                    .filter(packet -> packet.fate == Fate.HANDLED || packet.fate == Fate.SILENT)
                    .count();
            assertThat(stats.handled()).isEqualTo(inTime);
        }

        private void checkEnd() {
            UdpStats stats = engine.accounts().snapshot(0);
            assertThat(stats.received()).isEqualTo(delivered);
            assertThat(stats.inFlight()).isZero();
            for (Fate fate : List.of(Fate.LATE, Fate.FAILED)) {
                assertThat(engine.accounts().count(fate))
                        .as(fate.label())
                        .isEqualTo(entered().stream()
                                .filter(packet -> packet.fate == fate)
                                .count());
            }
            assertThat(engine.accounts().count(Fate.CLOSED)).isZero();
            assertThat(entered().size()
                            + engine.accounts().count(Fate.NO_BUFFER)
                            + engine.accounts().count(Fate.FORGED))
                    .isEqualTo(delivered);
            assertThat(socket.answers()).isEqualTo(answers); // none late, none to another one
        }
    }
}

package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DelayedTasksTest {

    private static final long SECOND = 1_000_000_000;

    private final VirtualMachine machine = new VirtualMachine(Long.MAX_VALUE - SECOND); // the clock wraps
    private final DelayedMemory memory = new DelayedMemory(4 * (512 + 100));
    private final List<String> errors = new ArrayList<>();
    private final Errors reported = new Errors(each -> errors.add(each.getMessage()), 1, machine);
    private final DelayedTasks tasks = new DelayedTasks(machine, memory, reported);
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        tasks.close();
        assertThat(memory.used()).isZero();
    }

    private DelayedTasks.Task task(String name) {
        Runnable work = () -> {
            done.add(name);
            tasks.release(100);
        };
        return new DelayedTasks.Task(100, work, outcome(name));
    }

    private UdpImpairment.Later outcome(String name) {
        return new UdpImpairment.Later() {
            @Override
            public void passed() {
                done.add(("passed " + name).strip());
            }

            @Override
            public void discarded() {
                done.add(("discarded " + name).strip());
            }
        };
    }

    @Test
    void shouldRunTasksInTheOrderOfTheirTimes() {
        tasks.schedule(task("third"), 3 * SECOND);
        tasks.schedule(task("first"), SECOND);
        tasks.schedule(task("second"), SECOND);
        machine.pass(SECOND);
        assertThat(tasks.look(machine.nanoTime())).isEqualTo(machine.nanoTime() + 2 * SECOND);
        assertThat(done).containsExactly("first", "second");
        machine.pass(2 * SECOND);
        assertThat(tasks.look(machine.nanoTime())).isEqualTo(Watchdog.NEVER);
        assertThat(done).containsExactly("first", "second", "third");
        assertThat(memory.used()).isZero();
    }

    @Test
    void shouldRefuseWhatThereIsNoMemoryFor() {
        for (int i = 1; i <= 4; i++) {
            assertThat(tasks.schedule(task("task " + i), i * SECOND)).isTrue();
        }
        assertThat(tasks.schedule(task("refused"), SECOND)).isFalse();
        assertThat(tasks.schedule(task("refused as well"), SECOND)).isFalse();
        assertThat(errors)
                .containsExactly("a delayed packet is lost: delayed packets take up 2 KiB, all that they may,"
                        + " an eighth of the heap (-Xmx)");
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        assertThat(tasks.schedule(task("task 5"), SECOND)).isTrue();
        assertThat(tasks.schedule(task("refused again"), SECOND)).isFalse();
        tasks.hurry();
        assertThat(done).containsExactly("task 1", "task 2", "task 5", "task 3", "task 4");
    }

    @Test
    void shouldNotRunWhatIsCancelled() {
        DelayedTasks.Task task = task("cancelled");
        tasks.schedule(task, SECOND);
        assertThat(memory.used()).isEqualTo(612);
        assertThat(tasks.cancel(task)).isTrue();
        assertThat(tasks.cancel(task)).isFalse();
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        assertThat(done).isEmpty();
        tasks.release(100); // as who passes it on instead
    }

    /** The receiver may be busy for long: packets that are due wait for it, and those of its batch are handled. */
    @Test
    void shouldCountTheMemoryOfWhatIsDueUntilItIsHandled() throws Exception {
        ScriptedTransport socket = new ScriptedTransport(false);
        WakeSignal signal = new WakeSignal(socket);
        ImpairedArrivals arrivals = new ImpairedArrivals(socket, delayingAll(), tasks, reported, signal);
        for (int i = 0; i < 4; i++) {
            receive(socket, signal, arrivals);
        }
        assertThat(memory.used()).isEqualTo(memory.limit());
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        assertThat(done).containsExactly("passed", "passed", "passed", "passed");
        assertThat(tasks.schedule(task("refused while they wait"), SECOND)).isFalse();
        arrivals.addReady();
        assertThat(arrivals.size()).isEqualTo(4);
        assertThat(tasks.schedule(task("refused while they are handled"), SECOND))
                .isFalse();
        arrivals.clear();
        assertThat(memory.used()).isZero();

        receive(socket, signal, arrivals);
        receive(socket, signal, arrivals);
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        arrivals.wakeUps().close(); // with two that wait
        assertThat(memory.used()).isZero();
        receive(socket, signal, arrivals);
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        assertThat(done).endsWith("passed", "passed", "discarded");
    }

    private void receive(ScriptedTransport socket, WakeSignal signal, ImpairedArrivals arrivals) throws Exception {
        socket.deliver("x".repeat(100));
        do { // without the signals
            socket.receive();
        } while (signal.isAt(socket, 0));
        arrivals.impair(0);
    }

    /** Delays all packets for a second. */
    private UdpImpairment delayingAll() {
        return new UdpImpairment() {
            @Override
            public void received(long arrival, Datagram packet, Outlet outlet) {
                assertThat(outlet.pass(packet.array(), packet.offset(), packet.length(), SECOND, outcome("")))
                        .isTrue();
            }

            @Override
            public void sending(
                    long number, byte[] bytes, int offset, int length, InetSocketAddress to, Outlet outlet) {
                throw new AssertionError("nothing is sent");
            }
        };
    }

    /** What does not wait for the same moment: a handover hurries. */
    @Test
    void shouldRunNothingOnTheWatchdogOnceItHurries() {
        tasks.schedule(task("early"), SECOND);
        tasks.hurry();
        assertThat(done).containsExactly("early");
        assertThat(tasks.look(machine.nanoTime() + SECOND)).isEqualTo(Watchdog.NEVER);
    }

    @Test
    void shouldDiscardTheOthersWhenOneFails() {
        UdpImpairment.Later failing = new UdpImpairment.Later() {
            @Override
            public void discarded() {
                throw new IllegalStateException("failed");
            }
        };
        tasks.schedule(new DelayedTasks.Task(100, () -> {}, failing), SECOND);
        tasks.schedule(task("second"), 2 * SECOND);
        tasks.close();
        assertThat(done).containsExactly("discarded second");
        assertThat(errors).containsExactly("failed");
    }

    @Test
    void shouldRunAtOnceWhatIsScheduledInAHurry() {
        tasks.hurry();
        assertThat(tasks.schedule(task("at once"), SECOND)).isTrue();
        assertThat(done).containsExactly("at once");
        assertThat(memory.used()).isZero();
    }

    @Test
    void shouldDiscardWhatIsScheduledOnceItIsClosed() {
        tasks.schedule(task("before"), SECOND);
        tasks.close();
        assertThat(tasks.schedule(task("after"), SECOND)).isTrue();
        assertThat(memory.used()).isZero();
        assertThat(done).containsExactly("discarded before", "discarded after");
    }

    @Test
    void shouldNeedNoMoreMemoryThanItCounts() {
        assertThat(Arrival.later(10, UdpImpairment.Later.NONE).buffer().array()).hasSize(10);
    }
}

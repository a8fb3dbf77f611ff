package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.transport.PacketBuffer;
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
                done.add("passed " + name);
            }

            @Override
            public void discarded() {
                done.add("discarded " + name);
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

    /** The receiver may be busy for long, while packets come and are due. */
    @Test
    void shouldCountTheMemoryOfWhatIsDueUntilItIsReceived() {
        ScriptedTransport socket = new ScriptedTransport(false);
        WakeUps wakeUps = new WakeUps(new WakeSignal(socket), tasks, reported);
        for (int i = 1; i <= 4; i++) {
            Arrival arrival = arrival("packet " + i);
            tasks.schedule(new DelayedTasks.Task(100, () -> wakeUps.arrive(arrival), arrival.later()), SECOND);
        }
        machine.pass(SECOND);
        tasks.look(machine.nanoTime());
        assertThat(done).containsExactly("passed packet 1", "passed packet 2", "passed packet 3", "passed packet 4");
        assertThat(tasks.schedule(task("refused"), SECOND)).isFalse();
        List<Arrival> batch = new ArrayList<>();
        wakeUps.addTo(batch);
        assertThat(batch).hasSize(4);
        assertThat(memory.used()).isZero();

        assertThat(tasks.schedule(task("accepted"), SECOND)).isTrue();
        wakeUps.arrive(reserved("due when it closes"));
        wakeUps.close();
        wakeUps.arrive(reserved("due after that"));
        assertThat(memory.used()).isEqualTo(612);
        assertThat(done.subList(4, done.size()))
                .containsExactly("passed due when it closes", "discarded due after that");
    }

    private Arrival arrival(String name) {
        Arrival arrival = Arrival.later(100, outcome(name));
        arrival.set(new byte[100], 0, 100, new PacketBuffer(0));
        return arrival;
    }

    private Arrival reserved(String name) {
        assertThat(memory.reserve(100)).isTrue();
        return arrival(name);
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

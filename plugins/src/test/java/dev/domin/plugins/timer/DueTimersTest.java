package dev.domin.plugins.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueTimersTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAlwaysReturnTheFirst(long seed) {
        var random = new Random(seed);
        var due = new DueTimers();
        var expected = new TreeSet<Timer>(
                Comparator.<Timer>comparingLong(timer -> timer.dueNanos).thenComparingLong(timer -> timer.id));
        var all = new ArrayList<Timer>();
        for (int step = 0; step < 20_000; step++) {
            boolean grows = random.nextInt(20_000) > step;
            if (all.isEmpty() || grows && random.nextBoolean()) {
                var timer = new Timer(null, all.size() + 1L, "", null, 0);
                timer.dueNanos = random.nextInt(50); // many with the same due time
                all.add(timer);
                due.ensureRoom(all.size());
                due.add(timer);
                expected.add(timer);
            } else {
                var timer = random.nextBoolean() && !expected.isEmpty()
                        ? expected.first()
                        : all.get(random.nextInt(all.size()));
                due.remove(timer); // no effect if it is not in the heap
                expected.remove(timer);
                if (random.nextInt(4) == 0) {
                    timer.dueNanos += random.nextInt(50);
                    due.add(timer);
                    expected.add(timer);
                }
            }
            assertThat(due.first()).isSameAs(expected.isEmpty() ? null : expected.first());
        }
        due.clear();
        assertThat(due.first()).isNull();
        assertThat(all).allSatisfy(timer -> assertThat(timer.heapIndex).isEqualTo(DueTimers.OUTSIDE));
    }
}

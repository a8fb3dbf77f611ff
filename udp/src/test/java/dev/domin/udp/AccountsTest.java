package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccountsTest {

    private static final int SNAPSHOTS = 1_000_000;

    /** The counts change all the time, so that two that are read in the wrong order soon contradict each other. */
    @Test
    void shouldShowNoMorePacketsDecidedThanReceived() {
        Accounts accounts = new Accounts(new Observation(null, false, new Errors(null, 1, new Machine())));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                accounts.received(2);
                accounts.handled(1, Fate.HANDLED);
                accounts.dropped(1, Fate.LATE);
            }
        });
        long least = 0;
        for (int i = 0; i < SNAPSHOTS; i++) {
            least = Math.min(least, accounts.snapshot(0).inFlight());
        }
        stop.set(true);
        traffic.join();
        assertThat(least).as("least number of packets in flight").isZero();
        assertThat(accounts.snapshot(0).inFlight()).isZero();
    }

    @Test
    void shouldReportTheFirstPacketOfEachFate() {
        Accounts accounts = new Accounts(new Observation(null, false, new Errors(null, 1, new Machine())));
        assertThat(accounts.hasNewDrops()).isFalse();
        accounts.dropped(0, Fate.CLOSED);
        assertThat(accounts.hasNewDrops()).isFalse();
        accounts.dropped(2, Fate.LATE);
        accounts.dropped(1, Fate.FAILED);
        assertThat(accounts.hasNewDrops()).isTrue();
        assertThat(accounts.takeNewDrops()).isEqualTo(1 << Fate.LATE.ordinal() | 1 << Fate.FAILED.ordinal());
        accounts.dropped(1, Fate.LATE);
        assertThat(accounts.hasNewDrops()).isFalse();
        assertThat(accounts.takeNewDrops()).isZero();
        assertThat(accounts.count(Fate.LATE)).isEqualTo(3);
    }
}

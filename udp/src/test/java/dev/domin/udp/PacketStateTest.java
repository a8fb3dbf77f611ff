package dev.domin.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.udp.transport.PacketBuffer;
import org.junit.jupiter.api.Test;

class PacketStateTest {

    private static final long DEADLINE = 100;

    private final VirtualMachine machine = new VirtualMachine(0);
    private final Accounts accounts = new Accounts(new Observation(null, false, new Errors(null, 1, machine)));
    private final Lifecycle lifecycle = new Lifecycle(-1, 0, machine);
    private final PacketState state = new PacketState(accounts, new PacketBuffer(0), machine);

    private void assertDropped(Fate fate) {
        assertThat(accounts.dropped()).isEqualTo(1);
        assertThat(accounts.count(fate)).isEqualTo(1);
        assertThat(accounts.handled()).isZero();
    }

    @Test
    void shouldExpireAPacketOnce() {
        state.start(false, DEADLINE);
        long seen = state.word();
        assertThat(state.expire(seen)).isTrue();
        assertThat(state.expire(seen)).isFalse();
        assertThat(state.expire(state.word())).isFalse();
        assertThat(state.abandon()).isFalse();
        assertThat(state.finish(DEADLINE, true, null, false)).isEqualTo(PacketState.End.REPLACED);
        assertThat(state.expire(state.word())).isFalse();
        assertThat(state.abandon()).isFalse();
        assertDropped(Fate.LATE);
    }

    @Test
    void shouldNotExpireTheNextPacketInTheSameBuffer() {
        state.start(false, DEADLINE);
        long first = state.word();
        state.finish(0, true, null, false);
        state.start(false, DEADLINE);
        assertThat(state.expire(first)).isFalse();
        assertThat(state.finish(0, true, null, false)).isEqualTo(PacketState.End.HANDLED);
        assertThat(accounts.handled()).isEqualTo(2);
    }

    /** A handler that has begun is cancelled only at the end of the grace period. */
    @Test
    void shouldAskAHandlerToReturnOnlyIfItHasNotBegun() {
        state.start(true, DEADLINE);
        assertThat(state.expire(state.word())).isTrue();
        assertThat(state.revoke()).isTrue();
        state.finish(0, false, null, false);

        state.start(false, DEADLINE);
        assertThat(state.expire(state.word())).isTrue();
        assertThat(state.revoke()).isFalse();
        state.finish(0, false, null, false);
        assertThat(state.revoke()).isFalse();
        assertThat(accounts.count(Fate.LATE)).isEqualTo(2);
    }

    @Test
    void shouldRevokeAPacketWhoseHandlerHasNotBegun() {
        state.start(true, DEADLINE);
        assertThat(state.revoke()).isTrue();
        assertDropped(Fate.CLOSED);
        assertThat(state.revoke()).isTrue();
        assertThat(state.begin(lifecycle)).isFalse();
        assertThat(state.finish(0, true, null, true)).isEqualTo(PacketState.End.DROPPED);
        assertDropped(Fate.CLOSED);
    }

    @Test
    void shouldAbandonAHandlerThatHasBegun() {
        state.start(false, DEADLINE);
        assertThat(state.abandon()).isTrue();
        assertDropped(Fate.CLOSED);
        assertThat(state.revoke()).isFalse();
        assertThat(state.abandon()).isFalse();
        assertThat(state.finish(0, true, null, true)).isEqualTo(PacketState.End.REPLACED);
        assertDropped(Fate.CLOSED);
    }

    @Test
    void shouldAbandonAHandlerThatHasNotBegun() {
        state.start(true, DEADLINE);
        assertThat(state.abandon()).isTrue();
        assertThat(state.begin(lifecycle)).isFalse();
        assertThat(state.revoke()).isTrue();
        assertThat(state.finish(0, true, null, true)).isEqualTo(PacketState.End.REPLACED);
        assertDropped(Fate.CLOSED);
    }

    @Test
    void shouldCountARevokedPacketThatIsAbandonedOnce() {
        state.start(true, DEADLINE);
        state.revoke();
        assertThat(state.abandon()).isTrue();
        assertDropped(Fate.CLOSED);
    }

    @Test
    void shouldBeginBeforeTheDeadlineOnly() {
        state.start(true, DEADLINE);
        machine.pass(DEADLINE - 1);
        assertThat(state.begin(lifecycle)).isTrue();
        assertThat(state.begin(lifecycle)).isTrue();
        assertThat(state.finish(DEADLINE - 1, false, null, false)).isEqualTo(PacketState.End.HANDLED);
        assertThat(accounts.handled()).isEqualTo(1);

        state.start(true, DEADLINE);
        machine.pass(1);
        assertThat(state.begin(lifecycle)).isFalse();
        assertThat(accounts.count(Fate.LATE)).isEqualTo(1);
    }

    @Test
    void shouldNotBeginOnceTheEndpointCloses() {
        state.start(true, AdvancedDatagram.NO_DEADLINE);
        lifecycle.beginClose();
        assertThat(state.begin(lifecycle)).isFalse();
        assertDropped(Fate.CLOSED);
    }

    /** The first reason that applies: the time, the closing, the handler's own. */
    @Test
    void shouldCountAPacketByItsReason() {
        state.start(false, DEADLINE);
        assertThat(state.finish(DEADLINE - 1, false, Fate.FAILED, true)).isEqualTo(PacketState.End.DROPPED);
        assertThat(accounts.count(Fate.FAILED)).isEqualTo(1);
        state.start(true, DEADLINE);
        state.finish(0, false, null, false); // returned without having begun
        assertThat(accounts.count(Fate.FAILED)).isEqualTo(2);
        state.start(true, DEADLINE);
        state.finish(0, false, Fate.FAILED, true);
        assertThat(accounts.count(Fate.CLOSED)).isEqualTo(1);
        state.start(false, DEADLINE);
        state.finish(DEADLINE, false, Fate.FAILED, true);
        assertThat(accounts.count(Fate.LATE)).isEqualTo(1);
        assertThat(accounts.dropped()).isEqualTo(4);
    }

    @Test
    void shouldKnowWhetherAHandlerHasThePacket() {
        assertThat(state.isInHandler()).isFalse();
        state.start(true, DEADLINE);
        assertThat(state.isInHandler()).isTrue();
        assertThat(PacketState.isWithReceiver(state.word())).isTrue();
        state.expire(state.word());
        assertThat(state.isInHandler()).isTrue();
        assertThat(PacketState.isWithReceiver(state.word())).isFalse();
        state.finish(0, false, null, false);
        assertThat(state.isInHandler()).isFalse();
        assertThat(PacketState.isWithReceiver(state.word())).isFalse();
    }
}

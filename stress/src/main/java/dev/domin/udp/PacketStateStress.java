package dev.domin.udp;

import dev.domin.udp.transport.PacketBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Races for the fate of one packet. Two threads each, so that they run on a machine with two processors. */
public class PacketStateStress {

    private PacketStateStress() {}

    /** A packet with its counts. */
    public static class OnePacket {
        private static final PacketBuffer BUFFER = new PacketBuffer(0); // only its number is read

        final Lifecycle lifecycle = new Lifecycle(-1, 0, Machine.REAL);
        final Accounts accounts = new Accounts(new Observation(null, false, new Errors(null, 0, Machine.REAL)));
        final PacketState packet = new PacketState(accounts, BUFFER, Machine.REAL);

        /** Creates it. */
        public OnePacket() {
            accounts.received(1);
        }

        /** {@return 10 for a handled packet, 1 for a dropped one} */
        int counted() {
            return (int) (10 * accounts.handled() + accounts.dropped());
        }
    }

    /** The handler returns while the watchdog finds its packet late. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0, 10", expect = Expect.ACCEPTABLE, desc = "in time: handled")
    @Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "late: dropped, and the thread is replaced")
    @Outcome(expect = Expect.FORBIDDEN, desc = "counted twice or not at all, or two receivers")
    public static class FinishAndExpire extends OnePacket {
        /** Creates it. */
        public FinishAndExpire() {
            packet.start(false, AdvancedDatagram.NO_DEADLINE);
        }

        /** The worker. */
        @Actor
        public void worker(III_Result r) {
            r.r1 = packet.finish(0, true, null, false).ordinal();
        }

        /** The watchdog. */
        @Actor
        public void watchdog(III_Result r) {
            r.r2 = packet.expire(packet.word()) ? 1 : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = counted();
        }
    }

    /** A handler begins while the watchdog finds its packet late. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 10", expect = Expect.ACCEPTABLE, desc = "handled")
    @Outcome(id = "[01], 1, 1", expect = Expect.ACCEPTABLE, desc = "late: dropped")
    @Outcome(expect = Expect.FORBIDDEN, desc = "counted twice or not at all")
    public static class BeginAndExpire extends OnePacket {
        /** Creates it. */
        public BeginAndExpire() {
            packet.start(true, AdvancedDatagram.NO_DEADLINE);
        }

        /** The worker. */
        @Actor
        public void worker(III_Result r) {
            r.r1 = packet.begin(lifecycle) ? 1 : 0;
            packet.finish(0, true, null, false);
        }

        /** The watchdog. */
        @Actor
        public void watchdog(III_Result r) {
            r.r2 = packet.expire(packet.word()) ? 1 : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = counted();
        }
    }

    /** The watchdog finds a waiting packet late while another thread closes the endpoint. */
    @JCStressTest
    @State
    @Outcome(id = "[01], 1, 1", expect = Expect.ACCEPTABLE, desc = "dropped once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "counted twice or not at all, or the handler is not asked to return")
    public static class ExpireAndRevoke extends OnePacket {
        /** Creates it. */
        public ExpireAndRevoke() {
            packet.start(true, AdvancedDatagram.NO_DEADLINE);
        }

        /** The watchdog. */
        @Actor
        public void watchdog(III_Result r) {
            r.r1 = packet.expire(packet.word()) ? 1 : 0;
        }

        /** The thread that closes. */
        @Actor
        public void closing(III_Result r) {
            r.r2 = packet.revoke() ? 1 : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            packet.finish(0, true, null, true);
            r.r3 = counted();
        }
    }

    /** The watchdog finds a packet late whose handler returns, while the next packet starts in the same buffer. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "in time: the next packet starts")
    @Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "late: the thread is replaced")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the fate of the next packet is decided by mistake")
    public static class NextPacket extends OnePacket {
        private final long seen;

        /** Creates it. */
        public NextPacket() {
            packet.start(false, AdvancedDatagram.NO_DEADLINE);
            seen = packet.word();
        }

        /** The worker. */
        @Actor
        public void worker(III_Result r) {
            r.r1 = packet.finish(0, true, null, false).ordinal();
            packet.start(false, AdvancedDatagram.NO_DEADLINE);
        }

        /** The watchdog. */
        @Actor
        public void watchdog(III_Result r) {
            r.r2 = packet.expire(seen) ? 1 : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = PacketState.isWithReceiver(packet.word()) ? 1 : 0;
        }
    }

    /** A packet starts while another thread begins to close: one of them sees the other. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "it begins, and the closing thread waits for it")
    @Outcome(id = "0, [01], 1", expect = Expect.ACCEPTABLE, desc = "it does not begin, and is dropped")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it begins unseen by the closing thread, or is not counted once")
    public static class StartAndClose extends OnePacket {
        /** Creates it. */
        public StartAndClose() {}

        /** The worker. */
        @Actor
        public void worker(III_Result r) {
            packet.start(true, AdvancedDatagram.NO_DEADLINE);
            r.r1 = packet.begin(lifecycle) ? 1 : 0;
        }

        /** The thread that closes. */
        @Actor
        public void closing(III_Result r) {
            lifecycle.beginClose();
            r.r2 = packet.isInHandler() ? 1 : 0;
            packet.revoke();
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = counted();
        }
    }

    /** A thread reads the counts while packets are counted. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the law holds")
    @Outcome(expect = Expect.FORBIDDEN, desc = "more packets handled and dropped than received, or counts went back")
    public static class Snapshot extends OnePacket {
        /** Creates it. */
        public Snapshot() {}

        /** The receiver. */
        @Actor
        public void receiver() {
            accounts.handled(1, Fate.SILENT);
            accounts.received(2);
            accounts.dropped(1, Fate.LATE);
            accounts.handled(2, Fate.HANDLED);
        }

        /** The reader. */
        @Actor
        public void reader(III_Result r) {
            UdpStats one = accounts.snapshot(0);
            UdpStats two = accounts.snapshot(0);
            r.r1 = one.inFlight() >= 0 ? 1 : 0;
            r.r2 = two.inFlight() >= 0 ? 1 : 0;
            r.r3 = two.received() >= one.received() && two.handled() >= one.handled() && two.dropped() >= one.dropped()
                    ? 1
                    : 0;
        }
    }
}

package dev.domin.udp;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Races for the role of the receiver. */
public class ReceiverRoleStress {

    private ReceiverRoleStress() {}

    /** The watchdog replaces a receiver that returns at this moment. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "the late thread has it")
    @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "the successor has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two receivers, or none, or one that does not see what belongs to it")
    @State
    public static class Change {
        private final ReceiverRole role = new ReceiverRole();
        private int unfenced; // belongs to the receiver

        /** Creates it. */
        public Change() {
            role.take();
        }

        /** The watchdog, and then the successor that it starts. */
        @Actor
        public void successor(III_Result r) {
            unfenced = 1; // as the late receiver has written it before its packet was taken from it
            role.vacate();
            r.r2 = role.take() ? unfenced : 0;
        }

        /** The late thread. */
        @Actor
        public void late(III_Result r) {
            r.r1 = role.take() ? unfenced : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = role.isVacant() ? 1 : 0;
        }
    }

    /** Two threads take the vacant role. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two receivers, or none")
    @State
    public static class TakeTwice {
        private final ReceiverRole role = new ReceiverRole();

        /** Creates it. */
        public TakeTwice() {}

        /** The late thread. */
        @Actor
        public void late(II_Result r) {
            r.r1 = role.take() ? 1 : 0;
        }

        /** The successor. */
        @Actor
        public void successor(II_Result r) {
            r.r2 = role.take() ? 1 : 0;
        }
    }

    /** The receiver wakes up at the moment at which the closing thread ends its waiting. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the receiver closes the transport")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the closing thread closes it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "closed twice, or not at all")
    @State
    public static class End {
        private final ReceiverRole role = new ReceiverRole();

        /** Creates it. */
        public End() {
            role.take();
            role.startReceiving();
            role.close();
        }

        /** The receiver. */
        @Actor
        public void receiver(II_Result r) {
            role.stopReceiving();
            r.r1 = role.end() ? 1 : 0;
        }

        /** The closing thread. */
        @Actor
        public void closing(II_Result r) {
            r.r2 = role.forceEnd() ? 1 : 0;
        }
    }

    /** The endpoint begins to close while the receiver starts to receive. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "it receives: the closing thread wakes it")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "it does not start to receive")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it waits, and nobody wakes it")
    @State
    public static class StartReceivingAndClose {
        private final ReceiverRole role = new ReceiverRole();

        /** Creates it. */
        public StartReceivingAndClose() {
            role.take();
        }

        /** The receiver. */
        @Actor
        public void receiver(II_Result r) {
            r.r1 = role.startReceiving() ? 1 : 0;
        }

        /** The closing thread. */
        @Actor
        public void closing(II_Result r) {
            r.r2 = role.close() ? 1 : 0;
        }
    }

    /** The endpoint begins to close while the role is vacant and a worker takes it. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the closing thread closes the transport")
    @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the worker closes it")
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "the worker receives: the closing thread wakes it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "closed twice or not at all, or nobody wakes the worker")
    @State
    public static class TakeAndClose {
        private final ReceiverRole role = new ReceiverRole();

        /** Creates it. */
        public TakeAndClose() {}

        /** The closing thread. */
        @Actor
        public void closing(II_Result r) {
            if (role.close()) {
                r.r1 = 2;
            } else if (role.take()) {
                r.r1 = role.end() ? 1 : 0;
            }
        }

        /** The worker. */
        @Actor
        public void worker(II_Result r) {
            if (role.take()) {
                if (role.startReceiving()) {
                    r.r2 = 2;
                } else {
                    r.r2 = role.end() ? 1 : 0;
                }
            }
        }
    }
}

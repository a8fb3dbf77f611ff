package dev.domin.runtime;

import dev.domin.spi.Limit;
import dev.domin.spi.Limits;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Races for the list of open resources. */
public class ResourcesStress {

    private ResourcesStress() {}

    private static final RunOptions ONE =
            RunOptions.builder().limits(Limits.DEFAULTS.with(Limit.OPEN, 1)).build();

    private static boolean add(Resources resources, ScriptResource resource) {
        try {
            return resources.add(resource);
        } catch (ScriptError e) {
            return false;
        }
    }

    /** A resource is opened while the run ends. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "it is opened, and the run closes it")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "it is not opened")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is opened, and nobody closes it")
    public static class AddAndStop {
        private final Resources resources = new Resources(ONE);
        private final ScriptResource resource = () -> {};

        /** Creates it. */
        public AddAndStop() {}

        /** The task that opens it. */
        @Actor
        public void opening(II_Result r) {
            r.r1 = add(resources, resource) ? 1 : 0;
        }

        /** The thread that ends the run. */
        @Actor
        public void ending(II_Result r) {
            resources.stopAccepting();
            r.r2 = resources.snapshot().size();
        }
    }

    /** Two resources are opened, although there may be one only. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "the first is opened")
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the second is opened")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both or none are opened, or one of them is not listed")
    public static class AddTwo {
        private final Resources resources = new Resources(ONE);
        private final ScriptResource first = () -> {};
        private final ScriptResource second = new ScriptResource() {
            @Override
            public void close() {}
        };

        /** Creates it. */
        public AddTwo() {}

        /** One task. */
        @Actor
        public void first(III_Result r) {
            r.r1 = add(resources, first) ? 1 : 0;
        }

        /** Another one. */
        @Actor
        public void second(III_Result r) {
            r.r2 = add(resources, second) ? 1 : 0;
        }

        /** At the end. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = resources.snapshot().size();
        }
    }
}

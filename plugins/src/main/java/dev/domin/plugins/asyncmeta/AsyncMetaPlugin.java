package dev.domin.plugins.asyncmeta;

import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** The constants that the plugins with callbacks share. It has no state, no thread and no input or output. */
@ScriptPlugin(
        namespace = "asyncmeta",
        library = "AsyncMetaPlugin",
        path = "../plugins/async_meta/AsyncMetaPlugin",
        doc = "Names for the numbers that the plugins with callbacks use for states, phases and "
                + "capabilities. It has only names whose numbers are certain. A function without arguments "
                + "may be written without its parentheses.")
public final class AsyncMetaPlugin implements Plugin {

    private static final int ROUTE_CONTROL = 2442;
    private static final int BLOB_JOB = 3701;
    private static final int ROUTE_SERVICE = 4095;
    private static final int KNOWN = 2048;

    /**
     * Blob jobs without BlobTake and BlobResultMeta. DominScript lists them last, so they have the bits before Known.
     */
    private static final int JOB_INSPECT = BLOB_JOB & ~(512 | 1024);

    @ScriptFunction(
            name = "RouteStateClosed",
            doc = "The state of a closed route, such as a server.",
            returns = "0.",
            example = "printf(\"%d\\n\", asyncmeta.RouteStateClosed());",
            output = "0\n")
    public static int routeStateClosed() {
        return 0;
    }

    @ScriptFunction(
            name = "RouteStateOpen",
            doc = "The state of an open route, such as a server.",
            returns = "1.",
            example = "printf(\"%d\\n\", asyncmeta.RouteStateOpen());",
            output = "1\n")
    public static int routeStateOpen() {
        return 1;
    }

    @ScriptFunction(
            name = "PhaseQueued",
            doc = "The phase of a job that waits for its turn.",
            returns = "0.",
            example = "printf(\"%d\\n\", asyncmeta.PhaseQueued());",
            output = "0\n")
    public static int phaseQueued() {
        return 0;
    }

    @ScriptFunction(
            name = "PhaseRunning",
            doc = "The phase of a job whose callback is running.",
            returns = "1.",
            example = "printf(\"%d\\n\", asyncmeta.PhaseRunning());",
            output = "1\n")
    public static int phaseRunning() {
        return 1;
    }

    @ScriptFunction(
            name = "PhaseCompleted",
            doc = "The phase of a completed job.",
            returns = "2.",
            example = "printf(\"%d\\n\", asyncmeta.PhaseCompleted());",
            output = "2\n")
    public static int phaseCompleted() {
        return 2;
    }

    @ScriptFunction(
            name = "ProfileRouteControl",
            doc = "The set of capabilities, one bit each, of a plugin whose routes can be inspected, "
                    + "drained and closed.",
            returns = "2442.",
            example = "printf(\"%d\\n\", asyncmeta.ProfileRouteControl());",
            output = "2442\n")
    public static int profileRouteControl() {
        return ROUTE_CONTROL;
    }

    @ScriptFunction(
            name = "ProfileBlobJob",
            doc = "The set of capabilities, one bit each, of a plugin whose jobs can be inspected and yield a blob.",
            returns = "3701.",
            example = "printf(\"%d\\n\", asyncmeta.ProfileBlobJob());",
            output = "3701\n")
    public static int profileBlobJob() {
        return BLOB_JOB;
    }

    @ScriptFunction(
            name = "ProfileRouteService",
            doc = "The set of all capabilities: every bit that is in use.",
            returns = "4095.",
            example = "printf(\"%d\\n\", asyncmeta.ProfileRouteService());",
            output = "4095\n")
    public static int profileRouteService() {
        return ROUTE_SERVICE;
    }

    @ScriptFunction(
            name = "CapabilityKnown",
            doc = "The capability to return whether an id is known; it is part of every profile.",
            returns = "2048.",
            example = "printf(\"%d\\n\", asyncmeta.ProfileBlobJob() & asyncmeta.CapabilityKnown());",
            output = "2048\n",
            beyond = true)
    public static int capabilityKnown() {
        return KNOWN;
    }

    @ScriptFunction(
            name = "SupportsJobInspect",
            doc = "Returns whether the jobs of a plugin with a set of capabilities can be inspected. "
                    + "This is certain for the sets that plugins have: 3701 and 4095 can, 2442 cannot. For "
                    + "a set with some of the bits of 3701 the result depends on the order in which "
                    + "DominScript lists the capabilities: 2165 are needed.",
            returns = "1 if they can, else 0.",
            example = """
                    i32 $mask = asyncmeta.ProfileBlobJob();
                    if (asyncmeta.SupportsJobInspect($mask) == 1) { printf("yes\\n"); }""",
            output = "yes\n")
    public static int supportsJobInspect(
            @Param(value = "mask", doc = "A set of capabilities, one bit each.") long mask) {
        return supports(mask, JOB_INSPECT);
    }

    @ScriptFunction(
            name = "SupportsRouteControl",
            doc = "Returns whether a set of capabilities contains asyncmeta.ProfileRouteControl.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", asyncmeta.SupportsRouteControl(2442));",
            output = "1\n",
            beyond = true)
    public static int supportsRouteControl(
            @Param(value = "mask", doc = "A set of capabilities, one bit each.") long mask) {
        return supports(mask, ROUTE_CONTROL);
    }

    @ScriptFunction(
            name = "SupportsBlobJob",
            doc = "Returns whether a set of capabilities contains asyncmeta.ProfileBlobJob.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", asyncmeta.SupportsBlobJob(2442));",
            output = "0\n",
            beyond = true)
    public static int supportsBlobJob(@Param(value = "mask", doc = "A set of capabilities, one bit each.") long mask) {
        return supports(mask, BLOB_JOB);
    }

    @ScriptFunction(
            name = "SupportsRouteService",
            doc = "Returns whether a set of capabilities contains asyncmeta.ProfileRouteService.",
            returns = "1 if it does, else 0.",
            example = "printf(\"%d\\n\", asyncmeta.SupportsRouteService(4095));",
            output = "1\n",
            beyond = true)
    public static int supportsRouteService(
            @Param(value = "mask", doc = "A set of capabilities, one bit each.") long mask) {
        return supports(mask, ROUTE_SERVICE);
    }

    private static int supports(long mask, int profile) {
        return (mask & profile) == profile ? 1 : 0;
    }
}

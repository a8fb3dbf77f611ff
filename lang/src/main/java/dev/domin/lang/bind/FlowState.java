package dev.domin.lang.bind;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The flow state at one point of a function: which variables are assigned on every path to this point, and which struct
 * is laid over which blob. A dead state is that of an unreachable point, where every variable counts as assigned.
 */
final class FlowState {

    /** Different structs, depending on the path. */
    static final StructLayout CONFLICT = new StructLayout("", 0, List.of());

    private static final @Nullable StructLayout[] NO_OVERLAYS = {};

    private long[] assigned;
    private @Nullable StructLayout[] overlays;
    private boolean dead;

    /** Creates the state at a function's start. */
    FlowState() {
        this(new long[1], NO_OVERLAYS, false);
    }

    private FlowState(long[] assigned, @Nullable StructLayout[] overlays, boolean dead) {
        this.assigned = assigned;
        this.overlays = overlays;
        this.dead = dead;
    }

    /** {@return an independent copy} */
    FlowState copy() {
        return new FlowState(assigned.clone(), overlays.length == 0 ? overlays : overlays.clone(), dead);
    }

    /** {@return a copy for an unreachable point} */
    FlowState deadCopy() {
        var copy = copy();
        copy.dead = true;
        return copy;
    }

    boolean isDead() {
        return dead;
    }

    /** Marks this point as unreachable. */
    void die() {
        dead = true;
    }

    boolean isAssigned(Local local) {
        int word = local.index >> 6;
        return dead || word < assigned.length && (assigned[word] >> local.index & 1) != 0;
    }

    void assign(Local local) {
        int word = local.index >> 6;
        if (word >= assigned.length) {
            assigned = Arrays.copyOf(assigned, word * 2 + 1);
        }
        assigned[word] |= 1L << local.index;
    }

    /** Forgets a variable: its declaration creates a new one, also in the second iteration of a loop. */
    void forget(Local local) {
        int word = local.index >> 6;
        if (word < assigned.length) {
            assigned[word] &= ~(1L << local.index);
        }
        if (local.index < overlays.length) {
            overlays[local.index] = null;
        }
    }

    static boolean isConflict(StructLayout struct) {
        return struct.name().isEmpty();
    }

    /** {@return the struct over a blob, {@link #CONFLICT}, or null for none} */
    @Nullable
    StructLayout overlay(Local local) {
        return local.index < overlays.length ? overlays[local.index] : null;
    }

    /** {@return the struct over a blob that is known to have one} */
    StructLayout requireOverlay(Local local) {
        return Objects.requireNonNull(overlay(local), "no struct is laid over the variable");
    }

    void lay(Local local, StructLayout struct) {
        if (local.index >= overlays.length) {
            overlays = Arrays.copyOf(overlays, local.index + 4);
        }
        overlays[local.index] = struct;
    }

    /**
     * Joins two paths.
     *
     * @param first a state, which may be modified; null for none
     * @param second another
     * @return the state after both paths
     */
    static FlowState join(@Nullable FlowState first, FlowState second) {
        if (first == null || first.dead) {
            return second;
        }
        if (second.dead) {
            return first;
        }
        int words = Math.min(first.assigned.length, second.assigned.length);
        for (int i = 0; i < words; i++) {
            first.assigned[i] &= second.assigned[i];
        }
        for (int i = words; i < first.assigned.length; i++) {
            first.assigned[i] = 0;
        }
        for (int i = 0; i < first.overlays.length; i++) {
            var mine = first.overlays[i];
            var theirs = i < second.overlays.length ? second.overlays[i] : null;
            if (mine == null || theirs == null) {
                first.overlays[i] = null;
            } else if (!mine.name().equals(theirs.name())) {
                first.overlays[i] = CONFLICT;
            }
        }
        return first;
    }
}

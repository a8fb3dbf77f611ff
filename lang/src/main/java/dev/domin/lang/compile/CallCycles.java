package dev.domin.lang.compile;

import dev.domin.lang.bind.BoundScript.BoundFunction;
import dev.domin.lang.bind.FunctionSymbol;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds the functions that may be called at any depth: those on a cycle of calls, and those on a path from one cycle to
 * another. The stack use of the others is known and small.
 */
final class CallCycles {

    /** The longest chain of calls outside all cycles that counts as small. */
    private static final int MAX_CHAIN = 64;

    private final List<BoundFunction> functions;
    private final int[][] callees;
    private final int[][] callers;
    private int longestChain;

    private CallCycles(List<BoundFunction> functions) {
        this.functions = functions;
        var indices = new IdentityHashMap<FunctionSymbol, Integer>();
        for (int i = 0; i < functions.size(); i++) {
            indices.put(functions.get(i).symbol(), i);
        }
        callees = new int[functions.size()][];
        var callerCounts = new int[functions.size()];
        for (int i = 0; i < callees.length; i++) {
            var calls = functions.get(i).calls();
            callees[i] = new int[calls.size()];
            for (int k = 0; k < callees[i].length; k++) {
                callees[i][k] = Objects.requireNonNull(indices.get(calls.get(k)));
                callerCounts[callees[i][k]]++;
            }
        }
        callers = new int[callees.length][];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new int[callerCounts[i]];
        }
        for (int i = 0; i < callees.length; i++) {
            for (int callee : callees[i]) {
                callers[callee][--callerCounts[callee]] = i;
            }
        }
    }

    /**
     * {@return the functions whose stack use must be counted, with the sizes of their frames. A function that,
     * including all its callees, only computes with numbers is not among them: a stack overflow in it leaves nothing
     * half done}
     */
    static Map<FunctionSymbol, FrameSurvey> find(List<BoundFunction> functions) {
        var cycles = new CallCycles(functions);
        var calledFromCycle = cycles.remaining(cycles.callers, cycles.callees);
        var callsCycle = cycles.remaining(cycles.callees, cycles.callers);
        boolean all = cycles.longestChain > MAX_CHAIN;
        boolean any = all;
        for (int i = 0; i < callsCycle.length; i++) {
            callsCycle[i] = all || callsCycle[i] && calledFromCycle[i];
            any |= callsCycle[i];
        }
        var found = new IdentityHashMap<FunctionSymbol, FrameSurvey>();
        return any ? cycles.survey(callsCycle, found) : found;
    }

    /**
     * Repeatedly removes the functions without remaining predecessors; true for those that remain, which are those that
     * are on a cycle or reachable from one.
     */
    private boolean[] remaining(int[][] before, int[][] after) {
        var left = new int[before.length];
        var chain = new int[before.length];
        var remains = new boolean[before.length];
        var free = new ArrayDeque<Integer>();
        for (int i = 0; i < before.length; i++) {
            remains[i] = true;
            left[i] = before[i].length;
            if (left[i] == 0) {
                free.add(i);
            }
        }
        while (!free.isEmpty()) {
            int next = free.remove();
            remains[next] = false;
            longestChain = Math.max(longestChain, ++chain[next]);
            for (int neighbour : after[next]) {
                chain[neighbour] = Math.max(chain[neighbour], chain[next]);
                if (--left[neighbour] == 0) {
                    free.add(neighbour);
                }
            }
        }
        return remains;
    }

    private Map<FunctionSymbol, FrameSurvey> survey(boolean[] deep, Map<FunctionSymbol, FrameSurvey> found) {
        var surveys = new FrameSurvey[deep.length];
        var relevant = new boolean[deep.length];
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < deep.length; i++) {
            surveys[i] = FrameSurvey.of(functions.get(i));
            if (!surveys[i].onlyNumbers()) {
                relevant[i] = true;
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            for (int caller : callers[open.remove()]) {
                if (!relevant[caller]) {
                    relevant[caller] = true;
                    open.add(caller);
                }
            }
        }
        for (int i = 0; i < deep.length; i++) {
            if (deep[i] && relevant[i]) {
                found.put(functions.get(i).symbol(), surveys[i]);
            }
        }
        return found;
    }
}

package dev.domin.lang.check;

import dev.domin.lang.bind.BoundScript;
import dev.domin.lang.source.Diagnostics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Warns of functions that are never called: those that no other function calls, and those that only call each other.
 * What they call in turn is not reported.
 */
final class CallsCheck {

    private final BoundScript script;
    private final Map<String, Set<String>> callees = new HashMap<>(); // names are unique

    CallsCheck(BoundScript script) {
        this.script = script;
        for (var function : script.functions()) {
            var names = new HashSet<String>();
            for (var callee : function.calls()) {
                names.add(callee.name());
            }
            callees.put(function.symbol().name(), names);
        }
    }

    /** Reports what was found. */
    void report(Diagnostics problems) {
        var called = calledByOthers();
        var known = new HashSet<String>(); // that can be called, or whose caller is reported
        for (var function : script.functions()) {
            var symbol = function.symbol();
            boolean isEntry = symbol.callback()
                    || symbol.name().equals(script.main().name())
                    || Warnings.isUnusedOnPurpose(symbol.name());
            if (isEntry) {
                reach(symbol.name(), known);
            }
        }
        for (var function : script.functions()) {
            var symbol = function.symbol();
            if (!known.contains(symbol.name()) && !called.contains(symbol.name())) {
                problems.warning(symbol.span(), "`" + symbol.name() + "` is never called", help(symbol.name()));
                reach(symbol.name(), known);
            }
        }
        for (var function : script.functions()) {
            var symbol = function.symbol();
            if (!known.contains(symbol.name())) {
                problems.warning(
                        symbol.span(),
                        "`" + symbol.name() + "` is called only by functions that are never called",
                        help(symbol.name()));
            }
        }
    }

    private static String help(String name) {
        return "remove it, or rename it to `_" + name + "` to keep it";
    }

    private Set<String> calledByOthers() {
        var called = new HashSet<String>();
        callees.forEach((caller, names) -> {
            for (String name : names) {
                if (!name.equals(caller)) {
                    called.add(name);
                }
            }
        });
        return called;
    }

    /** Adds a function and all that it calls, also through others. */
    private void reach(String first, Set<String> reached) {
        var open = new ArrayDeque<String>();
        open.add(first);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                open.addAll(callees.getOrDefault(name, Set.of()));
            }
        }
    }
}

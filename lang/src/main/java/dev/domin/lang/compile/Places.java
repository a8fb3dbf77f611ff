package dev.domin.lang.compile;

import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Assigns the numbers that the debug table uses instead of lines. The table has the last 16 bits of each. These are
 * unique in a function, whose code is too short for more, see {@link CompiledScript#place}.
 */
final class Places {

    private final List<Span> spans = new ArrayList<>();
    private final Map<String, Integer> firsts = new HashMap<>();

    /** {@return the number of a place} */
    int number(Span span) {
        if (spans.isEmpty() || !isSame(spans.getLast(), span)) {
            spans.add(span);
        }
        return spans.size() - 1;
    }

    /**
     * Begins a function.
     *
     * @param method the name of its method
     * @return its first number, for {@link #rewind}
     */
    int begin(String method) {
        firsts.put(method, spans.size());
        return spans.size();
    }

    /** {@return the first number of each function, by the name of its method; empty if the debug table has all bits} */
    Map<String, Integer> firsts() {
        return spans.size() > CompiledScript.PLACE_MASK ? Map.copyOf(firsts) : Map.of();
    }

    /** Releases numbers, because the code that used them is generated again. */
    void rewind(int count) {
        while (spans.size() > count) {
            spans.removeLast();
        }
    }

    List<Span> list() {
        return List.copyOf(spans);
    }

    private static boolean isSame(
            Span a, Span b) { // a record's equals is linked at its first use, which costs start-up time
        return a.start() == b.start() && a.end() == b.end();
    }
}

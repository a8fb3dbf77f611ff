package dev.domin.lang.support;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled script, ready to be defined and run.
 *
 * <p>The line numbers of the class are not lines: number {@code n} of its debug table means {@link #place}, so that a
 * runtime error has a column too.
 *
 * @param source the file
 * @param className the binary name of the class, which extends {@link ScriptProgram}
 * @param classFile its bytes
 * @param plugins the plugins that its links 1, 2, … are instances of
 * @param functions the script's functions, including callbacks, without {@code main}; each is the static method
 *     {@value #FUNCTION_PREFIX} and its name
 * @param callbacks the script's callbacks; their order is that of {@link ScriptProgram#callback}
 * @param places the places to which the numbers of the debug table refer; 0 is the start of {@code main}
 * @param firstPlaces the index of the first place of each function, by the name of its method; empty if the debug table
 *     has all bits of each index
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed to defineClass once, and never compared or changed
public record CompiledScript(
        SourceFile source,
        String className,
        byte[] classFile,
        List<PluginDescriptor> plugins,
        List<Function> functions,
        List<Entry> callbacks,
        List<Span> places,
        Map<String, Integer> firstPlaces) {

    /** The bits of an index of a place that the debug table has. */
    public static final int PLACE_MASK = 0xFFFF;

    /** The prefix of the name of a function's method. */
    public static final String FUNCTION_PREFIX = "fn_";

    /**
     * Finds a place from an entry of a stack trace.
     *
     * @param method the name of the method
     * @param number the number that the debug table has for the instruction, 0 or more
     * @return the place, or null if there is none
     */
    public @Nullable Span place(String method, int number) {
        int index = number;
        if (places.size() > PLACE_MASK) { // the number has the last bits of the index only
            int first = firstPlaces.getOrDefault(method, 0);
            index = first + (number - first & PLACE_MASK);
        }
        return index < places.size() ? places.get(index) : null;
    }

    /**
     * A function, for a host that calls it. Its method may have one more parameter after the others, an {@code int}:
     * the number of bytes of the stack that it may use before it probes the remaining stack; negative to probe at once.
     *
     * @param name its name
     * @param span its head
     * @param result the script's name of its result's type, or {@code void}
     * @param parameters its parameters
     */
    public record Function(String name, Span span, String result, List<Parameter> parameters) {}

    /**
     * A parameter of a function.
     *
     * @param name its name
     * @param type the script's name of its type
     * @param byRef whether the caller's variable is passed: a {@code Blob}, or a holder such as {@code IntRef}
     */
    public record Parameter(String name, String type, boolean byRef) {}

    /**
     * A callback.
     *
     * @param name its name
     * @param span its head
     */
    public record Entry(String name, Span span) {}
}

package dev.domin.lang.support;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;

/**
 * A compiled script, ready to be defined and run.
 *
 * <p>The line numbers of the class are not lines: number {@code n} of its debug table means {@code places.get(n)}, so
 * that a runtime error has a column too.
 *
 * @param source the file
 * @param className the binary name of the class, which extends {@link ScriptProgram}
 * @param classFile its bytes
 * @param plugins the plugins that its links 1, 2, … are instances of
 * @param functions the script's functions, including callbacks, without {@code main}; each is the static method
 *     {@value #FUNCTION_PREFIX} and its name
 * @param callbacks the script's callbacks; their order is that of {@link ScriptProgram#callback}
 * @param places the places to which the numbers of the debug table refer; 0 is the start of {@code main}
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed to defineClass once, and never compared or changed
public record CompiledScript(
        SourceFile source,
        String className,
        byte[] classFile,
        List<PluginDescriptor> plugins,
        List<Function> functions,
        List<Entry> callbacks,
        List<Span> places) {

    /** The prefix of the name of a function's method. */
    public static final String FUNCTION_PREFIX = "fn_";

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

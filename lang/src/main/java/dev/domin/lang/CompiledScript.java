package dev.domin.lang;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;

/**
 * A script ready to be defined and run.
 *
 * <p>The class's line numbers are not lines: number {@code n} of its debug table stands for {@code places.get(n)}, so that a
 * runtime error knows its column too.
 *
 * @param source the file
 * @param className the binary name of the class, which extends {@link dev.domin.lang.support.ScriptProgram}
 * @param classFile its bytes
 * @param plugins the plugins that its links 1, 2, … are instances of
 * @param functions the script's functions, callbacks included, without {@code main}; each is the static method
 *     {@value #FUNCTION_PREFIX} and its name
 * @param callbacks the script's callbacks; their order is that of {@link dev.domin.lang.support.ScriptProgram#callback}
 * @param places the places that the debug table's numbers stand for; 0 is the start of {@code main}
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed to defineClass once; nobody compares or changes them
public record CompiledScript(
        SourceFile source,
        String className,
        byte[] classFile,
        List<PluginDescriptor> plugins,
        List<Function> functions,
        List<Entry> callbacks,
        List<Span> places) {

    /** What the name of a function's method begins with. */
    public static final String FUNCTION_PREFIX = "fn_";

    /**
     * A function, as a host sees it that calls it. Its method may have one more parameter than it, an {@code int} behind
     * the others: how many bytes of the stack it may use before it looks how much is left; negative to look at once.
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

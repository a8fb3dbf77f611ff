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
 * @param callbacks the script's callbacks; their order is that of {@link dev.domin.lang.support.ScriptProgram#callback}
 * @param places the places that the debug table's numbers stand for; 0 is the start of {@code main}
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are handed to defineClass once; nobody compares or changes them
public record CompiledScript(
        SourceFile source,
        String className,
        byte[] classFile,
        List<PluginDescriptor> plugins,
        List<Entry> callbacks,
        List<Span> places) {

    /**
     * A callback.
     *
     * @param name its name
     * @param span its head
     */
    public record Entry(String name, Span span) {}
}

package dev.domin.lang.syntax;

import dev.domin.lang.source.SourceFile;
import dev.domin.lang.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The syntax tree of a script.
 *
 * @param source the file
 * @param plugins the plugin directives
 * @param structs the structs
 * @param functions functions and callbacks, including {@code main}, in the order of the file
 * @param statements statements at top level, in the order of the file; if no function is called {@code main}, they are
 *     its body
 */
public record ScriptTree(
        SourceFile source,
        List<PluginDirective> plugins,
        List<Struct> structs,
        List<Function> functions,
        List<Stmt> statements) {

    /**
     * {@code plugin "path";}.
     *
     * @param span the whole directive
     * @param pathSpan the string
     * @param path the content of the string
     */
    public record PluginDirective(Span span, Span pathSpan, String path) {}

    /**
     * {@code struct NAME packet { ... }}.
     *
     * @param span the whole declaration
     * @param name its name
     * @param packed whether it has no padding, by the word {@code packet}
     * @param fields the fields
     */
    public record Struct(Span span, Name name, boolean packed, List<Field> fields) {}

    /**
     * A field of a struct.
     *
     * @param span the whole field
     * @param type the name of the type, which may be one of {@code u16be} and the like
     * @param name its name
     * @param size the expression in brackets, or null
     */
    public record Field(
            Span span, TypeName type, Name name, @Nullable Expr size) {}

    /**
     * A function or callback.
     *
     * @param span the head, up to the closing parenthesis
     * @param callback whether it was declared {@code callback}
     * @param result the result's type
     * @param name its name
     * @param parameters the parameters
     * @param body the body
     */
    public record Function(
            Span span, boolean callback, TypeName result, Name name, List<Parameter> parameters, Stmt.Block body) {}

    /**
     * A parameter.
     *
     * @param span the whole parameter
     * @param byRef whether {@code ref} was given
     * @param type its type
     * @param name its name
     */
    public record Parameter(Span span, boolean byRef, TypeName type, Name name) {}
}

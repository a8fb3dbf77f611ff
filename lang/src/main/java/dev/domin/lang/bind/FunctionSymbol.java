package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import java.util.List;

/**
 * The declaration of a script function.
 *
 * @param name its name
 * @param span its head
 * @param callback whether it was declared {@code callback}
 * @param result its result's type
 * @param parameters its parameters
 */
public record FunctionSymbol(String name, Span span, boolean callback, Type result, List<Parameter> parameters) {

    /**
     * A parameter.
     *
     * @param name its name
     * @param type its type
     * @param byRef whether the caller's variable is passed
     */
    public record Parameter(String name, Type type, boolean byRef) {}
}

package dev.domin.spi.descriptor;

import dev.domin.spi.Param;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a plugin's method.
 *
 * @param place its place in the source or class, for error reports
 * @param type the erased Java type in full, such as {@code java.lang.String} or {@code java.lang.Object[]}
 * @param annotation its annotation, or null if it has none
 */
@SuppressWarnings("exports") // of Nullable, which callers can do without
public record ParameterModel(
        Object place, String type, @Nullable Param annotation) {

    /** {@return the kind of value it takes, or null if scripts do not have its type} */
    @Nullable
    Kind kind() {
        return Types.parameterKind(type);
    }

    ParameterDeclaration declaration() {
        var kind = Objects.requireNonNull(kind(), type);
        var param = Objects.requireNonNull(annotation, type);
        boolean byRef = param.byRef() || kind.isReference();
        return new ParameterDeclaration(param.value(), kind, byRef, param.defaultValue(), param.help());
    }
}

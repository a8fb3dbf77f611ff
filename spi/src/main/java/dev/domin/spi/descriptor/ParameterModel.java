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
 * @param check the class of its {@link Param#check} in full; empty for none
 */
@SuppressWarnings("exports") // of Nullable, which callers can do without
public record ParameterModel(
        Object place, String type, @Nullable Param annotation, String check) {

    /** {@return the kind of value it takes, or null if scripts do not have its type} */
    @Nullable
    Kind kind() {
        return Types.parameterKind(type);
    }

    /** {@return whether there is an {@link ArgumentRule} for it} */
    public boolean hasRule() {
        var param = annotation;
        return param != null
                && (param.min() != Long.MIN_VALUE
                        || param.max() != Long.MAX_VALUE
                        || param.callback()
                        || !check.isEmpty());
    }

    ParameterDeclaration declaration() {
        var kind = Objects.requireNonNull(kind(), type);
        var param = Objects.requireNonNull(annotation, type);
        boolean byRef = param.byRef() || kind.isReference();
        return new ParameterDeclaration(param.value(), kind, byRef, param.defaultValue(), param.help());
    }
}

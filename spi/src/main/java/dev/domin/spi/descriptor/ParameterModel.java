package dev.domin.spi.descriptor;

import dev.domin.spi.Param;

/**
 * A parameter of a plugin's method.
 *
 * @param place where it stands, for whoever reports a fault of it
 * @param type the erased Java type in full, such as {@code java.lang.String} or {@code java.lang.Object[]}
 * @param annotation its annotation, or null where it has none
 */
public record ParameterModel(Object place, String type, Param annotation) {

    /** {@return the kind of value it takes, or null where its type is none of a script} */
    Kind kind() {
        return Types.parameterKind(type);
    }

    ParameterDeclaration declaration() {
        var kind = kind();
        boolean byRef = annotation.byRef() || kind.isReference();
        return new ParameterDeclaration(annotation.value(), kind, byRef, annotation.defaultValue(), annotation.help());
    }
}

package dev.domin.spi.descriptor;

import java.util.List;

/**
 * A function as the binder checks it and the compiler calls it.
 *
 * @param name the name in scripts; an alias has a declaration of its own
 * @param global whether scripts may call it without the namespace
 * @param method the Java method's name
 * @param isStatic whether the Java method is static
 * @param parameters the parameters in order; only the last may be {@link Kind#VARIADIC}
 * @param result the kind of the result
 */
public record FunctionDeclaration(
        String name,
        boolean global,
        String method,
        boolean isStatic,
        List<ParameterDeclaration> parameters,
        Kind result) {

    /** {@return whether the last parameter takes any number of arguments} */
    public boolean isVariadic() {
        return !parameters.isEmpty() && parameters.getLast().kind() == Kind.VARIADIC;
    }

    /** {@return the fewest arguments a call may have} */
    public int minimumArguments() {
        int count = 0;
        for (var parameter : parameters) {
            if (!parameter.isOptional() && parameter.kind() != Kind.VARIADIC) {
                count++;
            }
        }
        return count;
    }

    /** {@return the JVM descriptor of the Java method} */
    public String descriptor() {
        var descriptor = new StringBuilder("(");
        for (var parameter : parameters) {
            descriptor.append(parameter.kind().descriptor());
        }
        return descriptor.append(')').append(result.descriptor()).toString();
    }
}

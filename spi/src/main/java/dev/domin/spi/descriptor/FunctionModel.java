package dev.domin.spi.descriptor;

import dev.domin.spi.ScriptFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method of a plugin.
 *
 * @param place its place in the source or class, for error reports
 * @param method the Java method's name
 * @param isPublic whether it is public
 * @param isStatic whether it is static
 * @param isVarArgs whether its last parameter is written with three dots
 * @param resultType the erased Java type of the result in full
 * @param annotation its annotation
 * @param parameters its parameters in order
 */
public record FunctionModel(
        Object place,
        String method,
        boolean isPublic,
        boolean isStatic,
        boolean isVarArgs,
        String resultType,
        ScriptFunction annotation,
        List<ParameterModel> parameters) {

    /** {@return the kind of the result, or null if scripts do not have its type} */
    @Nullable
    Kind result() {
        return Types.resultKind(resultType);
    }

    void addDeclarationsTo(List<FunctionDeclaration> declarations) {
        var declared = new ArrayList<ParameterDeclaration>();
        for (var parameter : parameters) {
            declared.add(parameter.declaration());
        }
        declarations.add(declaration(annotation.name(), List.copyOf(declared)));
        for (var alias : annotation.aliases()) {
            declarations.add(declaration(alias, List.copyOf(declared)));
        }
    }

    private FunctionDeclaration declaration(String name, List<ParameterDeclaration> declared) {
        return new FunctionDeclaration(
                name, annotation.global(), method, isStatic, declared, Objects.requireNonNull(result(), resultType));
    }

    /** {@return the names in scripts: the function's and its aliases} */
    public List<String> names() {
        var names = new ArrayList<String>();
        names.add(annotation.name());
        names.addAll(List.of(annotation.aliases()));
        return names;
    }

    FunctionDoc doc() {
        var docs = new ArrayList<String>();
        for (var parameter : parameters) {
            docs.add(Objects.requireNonNull(parameter.annotation(), method).doc());
        }
        return new FunctionDoc(
                annotation.name(),
                List.of(annotation.aliases()),
                annotation.doc(),
                List.copyOf(docs),
                annotation.returns(),
                annotation.errors(),
                annotation.example(),
                annotation.output(),
                annotation.beyond());
    }
}

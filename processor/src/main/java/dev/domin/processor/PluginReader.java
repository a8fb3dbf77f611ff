package dev.domin.processor;

import dev.domin.spi.ArgumentCheck;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.descriptor.FunctionModel;
import dev.domin.spi.descriptor.ParameterModel;
import dev.domin.spi.descriptor.PluginModel;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.MirroredTypeException;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the annotations of a plugin class in source form. */
final class PluginReader {

    private final Elements elements;
    private final Types types;

    PluginReader(Elements elements, Types types) {
        this.elements = elements;
        this.types = types;
    }

    PluginSource read(TypeElement type) {
        var functions = new ArrayList<FunctionModel>();
        for (var method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            var annotation = method.getAnnotation(ScriptFunction.class);
            if (annotation != null) {
                functions.add(readFunction(method, annotation));
            }
        }
        var modifiers = type.getModifiers();
        var nested = type.getNestingKind() != NestingKind.TOP_LEVEL;
        var model = new PluginModel(
                type,
                elements.getBinaryName(type).toString(),
                types.isAssignable(
                        type.asType(),
                        elements.getTypeElement(Plugin.class.getName()).asType()),
                modifiers.contains(Modifier.PUBLIC),
                type.getKind() == ElementKind.CLASS
                        && !modifiers.contains(Modifier.ABSTRACT)
                        && (!nested || modifiers.contains(Modifier.STATIC)),
                hasConstructor(type),
                type.getAnnotation(ScriptPlugin.class),
                List.copyOf(functions));
        var packageName = elements.getPackageOf(type).getQualifiedName().toString();
        var localName = packageName.isEmpty()
                ? type.getQualifiedName().toString()
                : type.getQualifiedName().toString().substring(packageName.length() + 1);
        return new PluginSource(type, model, packageName, localName.replace('.', '_') + "Descriptor");
    }

    private FunctionModel readFunction(ExecutableElement method, ScriptFunction annotation) {
        var parameters = new ArrayList<ParameterModel>();
        for (var parameter : method.getParameters()) {
            var param = parameter.getAnnotation(Param.class);
            parameters.add(new ParameterModel(
                    parameter, nameOf(parameter.asType()), param, param == null ? "" : checkOf(param)));
        }
        var modifiers = method.getModifiers();
        return new FunctionModel(
                method,
                method.getSimpleName().toString(),
                modifiers.contains(Modifier.PUBLIC),
                modifiers.contains(Modifier.STATIC),
                method.isVarArgs(),
                nameOf(method.getReturnType()),
                annotation,
                List.copyOf(parameters));
    }

    /** {@return the name of the class of an argument's check; empty for none} */
    private String checkOf(Param annotation) {
        try {
            var _ = annotation.check();
        } catch (MirroredTypeException e) { // always: the class is not loaded while it is compiled
            String name = nameOf(e.getTypeMirror());
            return name.equals(ArgumentCheck.class.getName()) ? "" : name;
        }
        return "";
    }

    private static boolean hasConstructor(TypeElement type) {
        for (var constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (constructor.getParameters().isEmpty()
                    && constructor.getModifiers().contains(Modifier.PUBLIC)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Builds the name from its parts, because a type's own text contains type annotations, and dots for variable
     * arguments.
     */
    private String nameOf(TypeMirror type) {
        var erased = types.erasure(type);
        if (erased instanceof ArrayType array) {
            return nameOf(array.getComponentType()) + "[]";
        }
        if (erased instanceof DeclaredType declared && declared.asElement() instanceof TypeElement element) {
            return element.getQualifiedName().toString();
        }
        return erased.toString();
    }
}

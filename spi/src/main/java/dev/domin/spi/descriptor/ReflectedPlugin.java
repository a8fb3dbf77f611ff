package dev.domin.spi.descriptor;

import dev.domin.spi.ArgumentCheck;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes a plugin that was compiled without the annotation processor, by reading its annotations. Produces the same
 * declarations and the same error messages as the processor. Immutable.
 */
public final class ReflectedPlugin implements PluginDescriptor {

    private final Class<? extends Plugin> pluginClass;
    private final ScriptPlugin annotation;
    private final List<FunctionDeclaration> functions;
    private final List<FunctionDoc> docs;
    private final List<ArgumentRule> rules;

    private ReflectedPlugin(Class<? extends Plugin> pluginClass, PluginModel model) {
        this.pluginClass = pluginClass;
        this.annotation = model.annotation();
        this.functions = model.declarations();
        this.docs = model.docs();
        this.rules = rulesOf(model);
    }

    /**
     * Reads a plugin's class.
     *
     * @param pluginClass the class
     * @return its descriptor
     * @throws IllegalArgumentException if the class breaks a rule for plugins; the message has one sentence per line
     */
    public static PluginDescriptor of(Class<? extends Plugin> pluginClass) {
        if (!pluginClass.isAnnotationPresent(ScriptPlugin.class)) {
            throw new IllegalArgumentException(
                    pluginClass.getName() + ": a plugin class needs @ScriptPlugin, which names it");
        }
        var model = modelOf(pluginClass);
        var sentences = new ArrayList<String>();
        PluginRules.check(model, (_, sentence) -> sentences.add(sentence));
        if (!sentences.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", sentences));
        }
        return new ReflectedPlugin(pluginClass, model);
    }

    private static PluginModel modelOf(Class<? extends Plugin> pluginClass) {
        int modifiers = pluginClass.getModifiers();
        boolean nestedInInstance = pluginClass.getEnclosingClass() != null && !Modifier.isStatic(modifiers);
        var functions = new ArrayList<FunctionModel>();
        for (var method : methodsInSourceOrder(pluginClass)) {
            var function = method.getAnnotation(ScriptFunction.class);
            if (function != null && !method.isSynthetic()) {
                functions.add(modelOf(method, function));
            }
        }
        return new PluginModel(
                pluginClass,
                pluginClass.getName(),
                true,
                Modifier.isPublic(modifiers),
                !Modifier.isAbstract(modifiers) && !nestedInInstance,
                hasConstructor(pluginClass),
                pluginClass.getAnnotation(ScriptPlugin.class),
                List.copyOf(functions));
    }

    private static FunctionModel modelOf(Method method, ScriptFunction annotation) {
        var parameters = new ArrayList<ParameterModel>();
        for (var parameter : method.getParameters()) {
            parameters.add(modelOf(method, parameter));
        }
        return new FunctionModel(
                method,
                method.getName(),
                Modifier.isPublic(method.getModifiers()),
                Modifier.isStatic(method.getModifiers()),
                method.isVarArgs(),
                nameOf(method.getReturnType()),
                annotation,
                List.copyOf(parameters));
    }

    private static ParameterModel modelOf(Method method, Parameter parameter) {
        var annotation = parameter.getAnnotation(Param.class);
        boolean checked = annotation != null && annotation.check() != ArgumentCheck.class;
        return new ParameterModel(
                method,
                nameOf(parameter.getType()),
                annotation,
                checked ? annotation.check().getName() : "");
    }

    private static List<ArgumentRule> rulesOf(PluginModel model) {
        var rules = new ArrayList<ArgumentRule>();
        for (var function : model.functions()) {
            for (int i = 0; i < function.parameters().size(); i++) {
                var parameter = function.parameters().get(i);
                var annotation = parameter.annotation();
                if (annotation == null || !parameter.hasRule()) {
                    continue;
                }
                for (var name : function.names()) {
                    rules.add(new ArgumentRule(
                            name, i, annotation.min(), annotation.max(), annotation.callback(), annotation.check()));
                }
            }
        }
        return List.copyOf(rules);
    }

    private static String nameOf(Class<?> type) {
        var name = type.getCanonicalName();
        return name == null ? type.getName() : name;
    }

    private static boolean hasConstructor(Class<?> pluginClass) {
        for (var constructor : pluginClass.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sorts methods for the documentation in the order of the source, which the class file keeps and reflection does
     * not.
     */
    private static List<Method> methodsInSourceOrder(Class<?> pluginClass) {
        var positions = positionsInClassFile(pluginClass);
        var methods = new ArrayList<>(List.of(pluginClass.getDeclaredMethods()));
        methods.sort(Comparator.comparingInt((Method method) -> positions.getOrDefault(key(method), Integer.MAX_VALUE))
                .thenComparing(ReflectedPlugin::key));
        return methods;
    }

    private static Map<String, Integer> positionsInClassFile(Class<?> pluginClass) {
        var positions = new HashMap<String, Integer>();
        var name = pluginClass.getName();
        try (var stream = pluginClass.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (stream != null) {
                for (var method : ClassFile.of().parse(stream.readAllBytes()).methods()) {
                    positions.put(
                            method.methodName().stringValue()
                                    + method.methodType().stringValue(),
                            positions.size());
                }
            }
        } catch (IOException | IllegalArgumentException _) {
            positions.clear(); // a class that cannot be read is sorted by names
        }
        return positions;
    }

    private static String key(Method method) {
        var key = new StringBuilder(method.getName()).append('(');
        for (var type : method.getParameterTypes()) {
            key.append(type.descriptorString());
        }
        return key.append(')').append(method.getReturnType().descriptorString()).toString();
    }

    @Override
    public String namespace() {
        return annotation.namespace();
    }

    @Override
    public String library() {
        return annotation.library();
    }

    @Override
    public List<String> aliases() {
        return List.of(annotation.aliases());
    }

    @Override
    public String path() {
        return annotation.path().isEmpty() ? annotation.library() : annotation.path();
    }

    @Override
    public String className() {
        return pluginClass.getName();
    }

    @Override
    public List<FunctionDeclaration> functions() {
        return functions;
    }

    @Override
    public String doc() {
        return annotation.doc();
    }

    @Override
    public List<FunctionDoc> docs() {
        return docs;
    }

    @Override
    public List<ArgumentRule> argumentRules() {
        return rules;
    }

    @Override
    public Class<? extends Plugin> pluginClass() {
        return pluginClass;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Exceptions of the constructor are passed on.
     *
     * @throws ScriptError if the class's module does not export its package
     */
    @Override
    public Plugin create() {
        try {
            return pluginClass.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw unwrapped(e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new ScriptError(
                    String.valueOf(e.getMessage()),
                    "its class and constructor must be public, and its module must export the package");
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(cause);
        };
    }
}

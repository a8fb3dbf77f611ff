package dev.domin.conformance.structure;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API of a module as text: the public and protected members of the public types in its exported packages, a block
 * for each type, in alphabetical order.
 */
final class PublicApi {

    private PublicApi() {}

    /**
     * Lists a module's API.
     *
     * @param room the module's folder
     * @return the lines
     * @throws IOException if a class file cannot be read
     */
    static List<String> of(String room) throws IOException {
        var packages = exportedPackages(room);
        var types = new ArrayList<Class<?>>();
        for (var model : CompiledRoom.classes(room)) {
            if (packages.contains(CompiledRoom.packageOf(model))) {
                var type = load(model);
                if (isPublic(type)) {
                    types.add(type);
                }
            }
        }
        types.sort(Comparator.comparing(Class::getName));
        var lines = new ArrayList<String>();
        for (var type : types) {
            lines.add(heading(type).replace("java.lang.", ""));
            Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                    .flatMap(Arrays::stream)
                    .filter(PublicApi::isPublic)
                    .map(each -> line(each).replace(type.getName() + ".", "").replace("java.lang.", ""))
                    .sorted()
                    .forEach(lines::add);
            lines.add("");
        }
        return lines;
    }

    private static Set<String> exportedPackages(String room) throws IOException {
        try (var in = Files.newInputStream(Project.file(room).resolve("target/classes/module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(each -> !each.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }
    }

    private static Class<?> load(ClassModel model) {
        var name = model.thisClass().asInternalName().replace('/', '.');
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        var outer = type.getDeclaringClass();
        boolean named = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        return named && isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static boolean isPublic(Member member) {
        return isPublic(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isPublic(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String heading(Class<?> type) {
        var text = new StringBuilder(type.toGenericString());
        if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            text.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        var interfaces = Arrays.stream(type.getGenericInterfaces())
                .map(Type::getTypeName)
                .collect(Collectors.joining(", "));
        if (!interfaces.isEmpty()) {
            text.append(" implements ").append(interfaces);
        }
        return text.toString();
    }

    private static String line(Member member) {
        return "    "
                + switch (member) {
                    case Field field -> field.toGenericString();
                    case Constructor<?> constructor -> constructor.toGenericString();
                    case Method method -> method.toGenericString() + defaultValue(method);
                    default -> throw new IllegalStateException(member.toString());
                };
    }

    private static String defaultValue(Method method) {
        return method.getDefaultValue() == null ? "" : " with a default";
    }
}

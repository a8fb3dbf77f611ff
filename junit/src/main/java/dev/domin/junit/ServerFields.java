package dev.domin.junit;

import dev.domin.testkit.UdpServer;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The fields of test classes that have the annotation, those of superclasses first. */
record ServerFields(Field field) {

    /** {@return the static fields} */
    static List<ServerFields> ofClass(Class<?> testClass) {
        return find(testClass, field -> Modifier.isStatic(field.getModifiers()));
    }

    /** {@return the other fields} */
    static List<ServerFields> ofInstance(Class<?> testClass) {
        return find(testClass, field -> !Modifier.isStatic(field.getModifiers()));
    }

    private static List<ServerFields> find(Class<?> testClass, Predicate<Field> wanted) {
        List<ServerFields> found = new ArrayList<>();
        AnnotationSupport.findAnnotatedFields(testClass, StartUdp.class, wanted, HierarchyTraversalMode.TOP_DOWN)
                .forEach(field -> found.add(new ServerFields(field)));
        return found;
    }

    /** {@return its name, for messages} */
    String name() {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /** {@return the server in the field} */
    UdpServer server(@Nullable Object instance) {
        String name = name();
        if (field.getType() != UdpServer.class) {
            throw new ExtensionConfigurationException("@StartUdp is for fields of type UdpServer, but " + name
                    + " has the type " + field.getType().getName());
        }
        try {
            field.setAccessible(true);
            UdpServer server = (UdpServer) field.get(instance);
            if (server == null) {
                throw new ExtensionConfigurationException(
                        name + " is null: give it a value where it is declared, such as UdpServer.create()");
            }
            return server;
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw new ExtensionConfigurationException(
                    "cannot read " + name + ": open its package to dev.domin.junit", e);
        }
    }
}

package dev.domin.conformance.structure;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A room's compiled main classes, by package.
 *
 * @param name the room's folder
 * @param packages the names of its packages, and which packages outside the JDK's {@code java.base} each of them uses
 */
record CompiledRoom(String name, SortedMap<String, SortedSet<String>> packages) {

    /** A class of ours or of a library, in a class file's constants: as a name, or inside a descriptor or signature. */
    private static final Pattern CLASS =
            Pattern.compile("(?:^|L)((?:dev|com|org|io|net|sun|jdk)(?:/[a-z0-9_]+)+)/[A-Z]");

    /**
     * Reads a room that the build has compiled.
     *
     * @param name the room's folder
     * @return the room
     * @throws IOException if a class file cannot be read
     */
    static CompiledRoom read(String name) throws IOException {
        var packages = new TreeMap<String, SortedSet<String>>();
        for (var model : classes(name)) {
            var from = packageOf(model);
            var uses = packages.computeIfAbsent(from, _ -> new TreeSet<>());
            uses.addAll(packagesUsedBy(model));
            uses.remove(from);
            uses.remove("org.jspecify.annotations"); // used only by the compiler
        }
        return new CompiledRoom(name, packages);
    }

    /**
     * Reads the class files of a room.
     *
     * @param room the room's folder
     * @return its main classes, without the descriptions of module and packages
     * @throws IOException if a class file cannot be read
     */
    static List<ClassModel> classes(String room) throws IOException {
        var folder = Project.file(room).resolve("target/classes");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "not compiled; build it together with this test, by -pl conformance,embed -am: " + folder);
        }
        var classes = new ArrayList<ClassModel>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                if (!file.endsWith("module-info.class") && !file.endsWith("package-info.class")) {
                    classes.add(ClassFile.of().parse(file));
                }
            }
        }
        return classes;
    }

    /**
     * Names the package of a class.
     *
     * @param model the class
     * @return its package, with dots
     */
    static String packageOf(ClassModel model) {
        var name = model.thisClass().asInternalName();
        return name.substring(0, name.lastIndexOf('/')).replace('/', '.');
    }

    private static Set<String> packagesUsedBy(ClassModel model) {
        var texts = new HashSet<String>();
        var strings = new HashSet<String>();
        for (var entry : model.constantPool()) {
            switch (entry) {
                case Utf8Entry text -> texts.add(text.stringValue());
                case StringEntry string -> strings.add(string.stringValue());
                default -> {}
            }
        }
        texts.removeAll(strings); // the text of a string literal is not a use of a class
        var packages = new HashSet<String>();
        for (var text : texts) {
            CLASS.matcher(text)
                    .results()
                    .forEach(each -> packages.add(each.group(1).replace('/', '.')));
        }
        return packages;
    }
}

package dev.domin.runtime;

import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The plugins in the jars of a folder. The jars are opened at the first lookup.
 *
 * <p>All jars share one class loader, so a plugin's libraries can be in the same folder. The loader uses them as a
 * class path: of a module descriptor only the {@code provides} directives are read.
 */
final class DirectoryCatalog implements PluginCatalog {

    private static final String SERVICES = "META-INF/services/";

    /** A jar and the names of the classes that it declares as plugins and catalogs. */
    private record Jar(Path file, Set<String> plugins, Set<String> catalogs) {}

    private final List<Path> files;
    private final ClassLoader parent;
    private @Nullable FoundPlugins found;

    DirectoryCatalog(List<Path> files, ClassLoader parent) {
        this.files = files;
        this.parent = parent;
    }

    @Override
    public synchronized Optional<PluginDescriptor> find(String library) {
        return found().find(library);
    }

    @Override
    public synchronized List<String> libraries() {
        return found().libraries();
    }

    private FoundPlugins found() {
        if (found == null) {
            found = search();
        }
        return found;
    }

    private FoundPlugins search() {
        var search = new FoundPlugins();
        var jars = new ArrayList<Jar>();
        var urls = new ArrayList<URL>();
        for (var file : files) {
            try {
                jars.add(read(file));
                urls.add(file.toUri().toURL());
            } catch (InvalidModuleDescriptorException e) {
                search.addProblem(file + " has a module-info.class that cannot be read: " + e.getMessage());
            } catch (IOException | UncheckedIOException | SecurityException e) {
                search.addProblem(file + " cannot be read as a jar: " + e.getMessage());
            }
        }
        var loader = new URLClassLoader("domin-plugins", urls.toArray(new URL[0]), parent);
        for (var jar : jars) {
            for (var name : jar.catalogs) {
                addCatalog(search, jar.file.toString(), name, loader);
            }
            for (var name : jar.plugins) {
                addPlugin(search, jar.file.toString(), name, loader);
            }
        }
        return search;
    }

    private static void addPlugin(FoundPlugins search, String origin, String name, ClassLoader loader) {
        try {
            search.addPlugin(origin, Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            search.addProblem(origin + ": " + name + " " + FoundPlugins.reason(e));
        }
    }

    private static void addCatalog(FoundPlugins search, String origin, String name, ClassLoader loader) {
        try {
            var catalog = Class.forName(name, true, loader).getConstructor().newInstance();
            if (catalog instanceof PluginCatalog usable) {
                search.addCatalog(origin, usable);
            } else {
                search.addProblem(origin + ": " + name + " does not implement dev.domin.spi.descriptor.PluginCatalog");
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            search.addProblem(origin + ": " + name + " " + FoundPlugins.reason(e));
        }
    }

    private static Jar read(Path file) throws IOException {
        try (var jar = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
            var plugins = services(jar, Plugin.class.getName());
            var catalogs = services(jar, PluginCatalog.class.getName());
            var module = jar.getJarEntry("module-info.class");
            if (module != null) {
                try (var stream = jar.getInputStream(module)) {
                    for (var provides : ModuleDescriptor.read(stream).provides()) {
                        if (provides.service().equals(Plugin.class.getName())) {
                            plugins.addAll(provides.providers());
                        } else if (provides.service().equals(PluginCatalog.class.getName())) {
                            catalogs.addAll(provides.providers());
                        }
                    }
                }
            }
            return new Jar(file, plugins, catalogs);
        }
    }

    private static Set<String> services(JarFile jar, String service) throws IOException {
        var names = new LinkedHashSet<String>();
        var entry = jar.getJarEntry(SERVICES + service);
        if (entry != null) {
            try (var stream = jar.getInputStream(entry)) {
                for (var line : new String(stream.readAllBytes(), StandardCharsets.UTF_8).split("\\R")) {
                    int comment = line.indexOf('#');
                    var name = (comment < 0 ? line : line.substring(0, comment)).strip();
                    if (!name.isEmpty()) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }
}

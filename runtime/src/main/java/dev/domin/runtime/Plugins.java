package dev.domin.runtime;

import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Factory methods for catalogs of plugins. */
public final class Plugins {

    private Plugins() {}

    /**
     * {@return a catalog of the plugins that {@link java.util.ServiceLoader} finds on the class path or module path, as
     * catalogs or as single plugins}
     */
    public static PluginCatalog installed() {
        return new ServiceCatalog(Plugins.class.getClassLoader());
    }

    /**
     * Combines catalogs. A later one is asked only for plugins that the earlier ones do not have.
     *
     * @param catalogs the catalogs
     * @return the combined catalog
     */
    public static PluginCatalog inOrder(PluginCatalog... catalogs) {
        return new Chain(List.of(catalogs));
    }

    /**
     * Restricts a catalog to some of its plugins. A script that names another one is refused.
     *
     * @param catalog the catalog
     * @param namespaces the namespaces of the allowed plugins, as scripts call them, such as {@code print}
     * @return the allowed plugins
     * @throws IllegalArgumentException if the catalog has no plugin with one of the namespaces
     */
    public static PluginCatalog only(PluginCatalog catalog, String... namespaces) {
        if (namespaces.length > 0) {
            var known = new TreeSet<String>();
            for (var library : catalog.libraries()) {
                catalog.find(library).ifPresent(plugin -> known.add(plugin.namespace()));
            }
            for (String namespace : namespaces) {
                if (!known.contains(namespace)) {
                    throw new IllegalArgumentException("there is no plugin `" + namespace + "`; there are "
                            + (known.isEmpty() ? "none" : String.join(", ", known)));
                }
            }
        }
        return new Allowed(catalog, Set.copyOf(List.of(namespaces)));
    }

    /**
     * Finds the plugins in the jars of a folder, as declared in their {@code META-INF/services} or module descriptors.
     * Their classes stay loaded as long as the catalog is in use. A defective jar is reported when a requested plugin
     * is not found in the others.
     *
     * @param directory the folder
     * @return its plugins; the jars are opened at the first lookup
     * @throws IOException if it is not a readable folder
     */
    public static PluginCatalog inDirectory(Path directory) throws IOException {
        var jars = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : files) {
                jars.add(jar);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        jars.sort(null); // so that results and messages do not depend on the file system's order
        return new DirectoryCatalog(jars, Plugins.class.getClassLoader());
    }

    private record Allowed(PluginCatalog catalog, Set<String> namespaces) implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return catalog.find(library).filter(plugin -> namespaces.contains(plugin.namespace()));
        }

        @Override
        public List<String> libraries() {
            var allowed = new ArrayList<String>();
            for (var library : catalog.libraries()) {
                if (find(library).isPresent()) {
                    allowed.add(library);
                }
            }
            return allowed;
        }

        @Override
        public boolean isRefused(String name) {
            for (var library : catalog.libraries()) {
                var plugin = catalog.find(library);
                if (plugin.isPresent() && isMeant(plugin.get(), name)) {
                    return !namespaces.contains(plugin.get().namespace());
                }
            }
            return false;
        }

        private boolean isMeant(PluginDescriptor plugin, String name) {
            if (plugin.namespace().equals(name) || isFound(plugin, name)) {
                return true;
            }
            for (var function : plugin.functions()) {
                if (function.global() && function.name().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** {@return whether a directive with this name finds the plugin} */
        private boolean isFound(PluginDescriptor plugin, String name) {
            try {
                var found = catalog.find(name);
                return found.isPresent() && found.get().className().equals(plugin.className());
            } catch (UnusablePluginException _) {
                return false; // there is none of that name, and some other one is broken
            }
        }
    }

    private record Chain(List<PluginCatalog> catalogs) implements PluginCatalog {

        @Override
        public Optional<PluginDescriptor> find(String library) {
            for (var catalog : catalogs) {
                var found = catalog.find(library);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        @Override
        public List<String> libraries() {
            var all = new TreeSet<String>();
            for (var catalog : catalogs) {
                all.addAll(catalog.libraries());
            }
            return List.copyOf(all);
        }
    }
}

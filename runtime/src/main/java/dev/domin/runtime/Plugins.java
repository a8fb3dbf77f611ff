package dev.domin.runtime;

import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where plugins are found. */
public final class Plugins {

    private Plugins() {}

    /**
     * {@return the catalogs and the single plugins that {@link java.util.ServiceLoader} finds on the class path or
     * module path}
     */
    public static PluginCatalog installed() {
        return new ServiceCatalog(Plugins.class.getClassLoader());
    }

    /**
     * Looks plugins up in one catalog after the other; a later one is asked only for what the earlier ones do not have.
     *
     * @param catalogs the catalogs
     * @return all of them as one
     */
    public static PluginCatalog inOrder(PluginCatalog... catalogs) {
        return new Chain(List.of(catalogs));
    }

    /**
     * Lets scripts use some plugins of a catalog only; the others do not exist for them.
     *
     * @param catalog the catalog
     * @param namespaces the names by which scripts call the plugins that they may use, such as {@code print}
     * @return the allowed plugins
     */
    public static PluginCatalog only(PluginCatalog catalog, String... namespaces) {
        return new Allowed(catalog, Set.of(namespaces));
    }

    /**
     * The plugins in the jars of a folder, as their {@code META-INF/services} or their module descriptors name them.
     * Their classes stay loaded as long as the catalog is in use. A jar that is broken is told of when a plugin is
     * asked for that the others do not have.
     *
     * @param directory the folder
     * @return its plugins; the jars are opened at the first question
     * @throws IOException if it is no folder that can be read
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
        jars.sort(null); // so that the same folder gives the same answer and the same sentences
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

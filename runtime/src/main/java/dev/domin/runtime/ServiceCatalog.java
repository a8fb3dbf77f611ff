package dev.domin.runtime;

import dev.domin.spi.Plugin;
import dev.domin.spi.PluginCatalog;
import dev.domin.spi.PluginDescriptor;
import dev.domin.spi.ReflectedPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The plugins that {@link ServiceLoader} finds, looked for at the first question. */
final class ServiceCatalog implements PluginCatalog {

    private final ClassLoader loader;
    private List<PluginCatalog> catalogs;
    private List<PluginDescriptor> singles;

    ServiceCatalog(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public synchronized Optional<PluginDescriptor> find(String library) {
        load();
        for (var catalog : catalogs) {
            var found = catalog.find(library);
            if (found.isPresent()) {
                return found;
            }
        }
        for (var plugin : singles) {
            if (plugin.library().equals(library) || plugin.aliases().contains(library)) {
                return Optional.of(plugin);
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized List<String> libraries() {
        load();
        var all = new TreeSet<String>();
        for (var catalog : catalogs) {
            all.addAll(catalog.libraries());
        }
        for (var plugin : singles) {
            all.add(plugin.library());
        }
        return List.copyOf(all);
    }

    private void load() {
        if (catalogs != null) {
            return;
        }
        var foundCatalogs = new ArrayList<PluginCatalog>();
        for (PluginCatalog catalog : ServiceLoader.load(PluginCatalog.class, loader)) {
            foundCatalogs.add(catalog);
        }
        var foundSingles = new ArrayList<PluginDescriptor>();
        ServiceLoader.load(Plugin.class, loader).stream()
                .forEach(provider -> foundSingles.add(ReflectedPlugin.of(provider.type())));
        singles = foundSingles;
        catalogs = foundCatalogs;
    }
}

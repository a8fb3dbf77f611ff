package dev.domin.runtime;

import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.security.CodeSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The plugins that {@link ServiceLoader} finds. The search runs at the first lookup. */
final class ServiceCatalog implements PluginCatalog {

    /** A limit for the number of errors, in case the iterator does not advance after one. */
    private static final int MOST_ERRORS = 100;

    private final ClassLoader loader;
    private @Nullable FoundPlugins found;

    ServiceCatalog(ClassLoader loader) {
        this.loader = loader;
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
            var search = new FoundPlugins();
            search(
                    search,
                    ServiceLoader.load(PluginCatalog.class, loader).stream().iterator());
            search(search, ServiceLoader.load(Plugin.class, loader).stream().iterator());
            found = search;
        }
        return found;
    }

    private static <T> void search(FoundPlugins found, Iterator<ServiceLoader.Provider<T>> providers) {
        for (int errors = 0; errors < MOST_ERRORS; ) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                var provider = providers.next();
                if (PluginCatalog.class.isAssignableFrom(provider.type())) {
                    found.addCatalog(origin(provider.type()), (PluginCatalog) provider.get());
                } else {
                    found.addPlugin(origin(provider.type()), provider.type());
                }
            } catch (ServiceConfigurationError e) {
                errors++;
                found.addProblem("a plugin on the class path cannot be used: " + e.getMessage());
            }
        }
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "the class path"
                : source.getLocation().getPath();
    }
}

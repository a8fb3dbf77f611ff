package dev.domin.conformance.fuzz;

import dev.domin.plugins.BundledPlugins;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bundled plugins; makes each descriptor once, since making them all takes longer than a short compilation. */
final class KeptPlugins implements PluginCatalog {

    private final BundledPlugins plugins = new BundledPlugins();
    private final Map<String, Optional<PluginDescriptor>> found = new HashMap<>();

    @Override
    public List<String> libraries() {
        return plugins.libraries();
    }

    @Override
    public synchronized Optional<PluginDescriptor> find(String library) {
        return found.computeIfAbsent(library, plugins::find);
    }
}

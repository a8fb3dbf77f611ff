package dev.domin.spi.descriptor;

import java.util.List;
import java.util.Optional;

/** A set of plugins that can be asked for one by name, without loading the others. */
public interface PluginCatalog {

    /**
     * Looks a plugin up.
     *
     * @param library what a directive names: the last part of its path, or a whole {@code builtin:NAME}
     * @return its descriptor, or empty where this catalog has none
     * @throws UnusablePluginException if the plugin is broken or there are two, or if it was not found and something that may
     *     be it is broken
     */
    Optional<PluginDescriptor> find(String library);

    /** {@return the libraries of all plugins here that {@link #find} answers, aliases left out, sorted} */
    List<String> libraries();
}

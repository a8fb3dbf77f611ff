package dev.domin.spi;

import java.util.List;
import java.util.Optional;

/** A set of plugins that can be asked for one by name, without loading the others. */
public interface PluginCatalog {

    /**
     * Looks a plugin up.
     *
     * @param library what a directive names: the last part of its path, or a whole {@code builtin:NAME}
     * @return its descriptor, or empty where this catalog has none
     */
    Optional<PluginDescriptor> find(String library);

    /** {@return the libraries of all plugins here, aliases left out, sorted} */
    List<String> libraries();
}

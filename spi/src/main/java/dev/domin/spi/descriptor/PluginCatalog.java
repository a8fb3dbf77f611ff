package dev.domin.spi.descriptor;

import java.util.List;
import java.util.Optional;

/** A set of plugins, which finds a plugin by name without loading the others. */
public interface PluginCatalog {

    /**
     * Finds a plugin.
     *
     * @param library what a directive names: the last part of its path, or a whole {@code builtin:NAME}
     * @return its descriptor, or empty if this catalog has none
     * @throws UnusablePluginException if the plugin cannot be loaded, if there are two, or if it was not found and a
     *     jar that may contain it cannot be read
     */
    Optional<PluginDescriptor> find(String library);

    /** {@return the libraries of all plugins that {@link #find} finds, without aliases, sorted} */
    List<String> libraries();

    /**
     * Tells why a name is unknown.
     *
     * @param name a library, a namespace, or a function that scripts call without a namespace
     * @return whether a plugin of that name exists, but the host of the script does not allow it
     */
    default boolean isRefused(String name) {
        return false;
    }
}

package dev.domin.cli;

import dev.domin.lang.source.Suggestions;
import dev.domin.spi.descriptor.PluginCatalog;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code --allow} names. It asks the whole catalog, so it is for starts with that option only. */
final class AllowedPlugins {

    private AllowedPlugins() {}

    /**
     * Looks for a name that no plugin has.
     *
     * @param plugins the plugins that there are
     * @param names the namespaces that are to be allowed
     * @return what is wrong, as a sentence; empty if nothing is
     */
    static String complaint(PluginCatalog plugins, List<String> names) {
        var namespaces = new TreeSet<String>();
        for (var library : plugins.libraries()) {
            plugins.find(library).ifPresent(plugin -> namespaces.add(plugin.namespace()));
        }
        for (String name : names) {
            if (!namespaces.contains(name)) {
                String meant = meant(plugins, namespaces, name);
                return "--allow: there is no plugin `" + name + "`"
                        + (meant == null
                                ? "; there are " + String.join(", ", namespaces)
                                : "; did you mean `" + meant + "`?");
            }
        }
        return "";
    }

    /** {@return the namespace of a plugin that was named as in a directive, or a similar namespace; null if none is} */
    private static @Nullable String meant(PluginCatalog plugins, TreeSet<String> namespaces, String name) {
        for (var library : plugins.libraries()) {
            var plugin = plugins.find(library);
            if (plugin.isPresent() && library.equalsIgnoreCase(name)) {
                return plugin.get().namespace();
            }
        }
        return Suggestions.closest(name, namespaces);
    }
}

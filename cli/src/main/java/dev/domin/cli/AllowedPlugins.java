package dev.domin.cli;

import dev.domin.lang.source.Suggestions;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What {@code --allow} names. It asks the whole catalog, so it is for starts with that option only. */
final class AllowedPlugins {

    private final Set<String> known = new TreeSet<>();
    private final Set<String> libraries = new TreeSet<>();
    private final Set<String> namespaces = new TreeSet<>();
    private String complaint = "";

    /**
     * Looks the names up.
     *
     * @param plugins the plugins that there are
     * @param names the plugins that are to be allowed, by namespace or as in a directive
     */
    AllowedPlugins(PluginCatalog plugins, List<String> names) {
        for (var library : plugins.libraries()) {
            libraries.add(library);
            plugins.find(library).ifPresent(plugin -> known.add(plugin.namespace()));
        }
        for (String name : names) {
            String namespace = known.contains(name) ? name : ofDirective(plugins, name);
            if (namespace == null) {
                complaint = "--allow: there is no plugin `" + name + "`" + suggestion(name);
                return;
            }
            namespaces.add(namespace);
        }
    }

    /** {@return the namespaces of the allowed plugins} */
    String[] namespaces() {
        return namespaces.toArray(String[]::new);
    }

    /** {@return what is wrong with the names, as a sentence; empty if nothing is} */
    String complaint() {
        return complaint;
    }

    /** {@return the namespace of a plugin that is named as in a directive, whose last part counts; null if none is} */
    private static @Nullable String ofDirective(PluginCatalog plugins, String path) {
        String library = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        try {
            return plugins.find(library).map(PluginDescriptor::namespace).orElse(null);
        } catch (UnusablePluginException _) {
            return null; // there is none of that name, and some other one is broken
        }
    }

    private String suggestion(String name) {
        String core = Suggestions.withoutPlugin(name).toLowerCase(Locale.ROOT);
        String near = known.contains(core) ? core : Suggestions.closest(name, known);
        if (near == null) {
            near = Suggestions.closest(name, libraries);
        }
        return near == null ? "; there are " + String.join(", ", known) : "; did you mean `" + near + "`?";
    }
}

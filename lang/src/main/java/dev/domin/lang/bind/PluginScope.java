package dev.domin.lang.bind;

import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that a script may use. It asks the catalog only for what the script names; it iterates over the whole
 * catalog only to explain a mistake, or if all plugins are in scope without a directive. Used for one script.
 */
public final class PluginScope {

    private final PluginCatalog catalog;
    private final boolean preloaded;
    private final ArrayList<PluginDescriptor> used = new ArrayList<>();
    private @Nullable List<PluginDescriptor> all;

    /**
     * Creates a scope.
     *
     * @param catalog the plugins there are
     * @param preloaded whether all of them are in scope without a directive
     */
    public PluginScope(PluginCatalog catalog, boolean preloaded) {
        this.catalog = catalog;
        this.preloaded = preloaded;
    }

    /** {@return the plugins that the script uses, in the order in which it named them} */
    List<PluginDescriptor> used() {
        return List.copyOf(used);
    }

    /**
     * Adds a plugin to the scope.
     *
     * @param library what the directive names
     * @return whether there is such a plugin
     */
    boolean load(String library) {
        var found = catalog.find(library);
        if (found.isEmpty()) {
            return false;
        }
        use(found.get());
        return true;
    }

    /**
     * {@return whether a directive is accepted though it loads nothing: DominScript has these two namespaces, but does
     * not document their functions}
     */
    static boolean isAcceptedAsEmpty(String library) {
        return library.equals("builtin:struct") || library.equals("builtin:plugin");
    }

    /** {@return the plugin of a namespace that needs no directive, or null} */
    @Nullable
    PluginDescriptor builtin(String namespace) {
        return switch (namespace) {
            case "blob", "string", "os" -> catalog.find("builtin:" + namespace).orElse(null);
            default -> null;
        };
    }

    /** {@return the index of a plugin in {@link #used}, to which it is added if it is not there} */
    int use(PluginDescriptor plugin) {
        for (int i = 0; i < used.size(); i++) {
            if (used.get(i).className().equals(plugin.className())) {
                return i;
            }
        }
        used.add(plugin);
        return used.size() - 1;
    }

    /** {@return a called function as the script writes it} */
    String shownName(BoundExpr.PluginCall call) {
        return used.get(call.plugin()).namespace() + "." + call.function().name();
    }

    /** {@return the plugins in scope, in the order in which they are searched} */
    List<PluginDescriptor> inScope() {
        return preloaded ? all() : used;
    }

    /**
     * {@return whether a plugin is in scope; null is not. Compares class names, since a catalog may create a new
     * descriptor for each call}
     */
    boolean isInScope(@Nullable PluginDescriptor plugin) {
        for (var other : inScope()) {
            if (plugin != null && other.className().equals(plugin.className())) {
                return true;
            }
        }
        return false;
    }

    /** {@return all plugins of the catalog; loads them all} */
    List<PluginDescriptor> all() {
        if (all == null) {
            all = new ArrayList<>();
            for (var library : catalog.libraries()) {
                var found = catalog.find(library);
                if (found.isPresent()) {
                    all.add(found.get());
                }
            }
        }
        return all;
    }

    /** {@return the names that a directive may use} */
    List<String> libraries() {
        return catalog.libraries();
    }

    /** {@return whether a plugin of that name is there, but not allowed; asks the whole catalog} */
    boolean isRefused(String name) {
        return catalog.isRefused(name);
    }

    /** {@return the function of that name, or null} */
    static @Nullable FunctionDeclaration function(PluginDescriptor plugin, String name) {
        for (var function : plugin.functions()) {
            if (function.name().equals(name)) {
                return function;
            }
        }
        return null;
    }
}

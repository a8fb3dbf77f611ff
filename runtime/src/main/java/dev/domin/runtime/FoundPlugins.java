package dev.domin.runtime;

import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The result of a search for plugins, with messages about what cannot be used. A defective plugin does not affect the
 * others. It is reported only when a requested plugin is not found, since it may be the requested one.
 */
final class FoundPlugins {

    private record FoundPlugin(String origin, PluginDescriptor descriptor) {

        boolean isCalled(String library) {
            return descriptor.library().equals(library) || descriptor.aliases().contains(library);
        }
    }

    private record FoundCatalog(String origin, PluginCatalog catalog) {}

    private final List<FoundPlugin> plugins = new ArrayList<>();
    private final List<FoundCatalog> catalogs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Adds a plugin.
     *
     * @param origin where it was found, for messages
     * @param type its class
     */
    void addPlugin(String origin, Class<?> type) {
        try {
            if (!Plugin.class.isAssignableFrom(type)) {
                addProblem(origin + ": " + type.getName() + " does not implement dev.domin.spi.Plugin");
            } else if (!isExported(type)) {
                addProblem(origin + ": " + type.getName() + " is in a package that its module "
                        + type.getModule().getName() + " does not export, so no script can call it");
            } else {
                plugins.add(new FoundPlugin(origin, descriptorOf(type.asSubclass(Plugin.class))));
            }
        } catch (IllegalArgumentException e) { // the class violates a rule for plugins; each line names the class
            addProblem(origin + ": " + String.valueOf(e.getMessage()).replace("\n", "; "));
        } catch (RuntimeException | LinkageError e) {
            addProblem(origin + ": " + type.getName() + " " + reason(e));
        }
    }

    void addCatalog(String origin, PluginCatalog catalog) {
        catalogs.add(new FoundCatalog(origin, catalog));
    }

    /**
     * Records a plugin or jar that cannot be used.
     *
     * @param sentence names the jar or the class and the problem
     */
    void addProblem(String sentence) {
        problems.add(sentence);
    }

    Optional<PluginDescriptor> find(String library) {
        var matches = matches(library);
        if (matches.size() > 1) {
            var first = matches.getFirst();
            var second = matches.get(1);
            throw new UnusablePluginException(
                    "there are two plugins `" + library + "`: " + first.descriptor.className() + " in " + first.origin
                            + " and " + second.descriptor.className() + " in " + second.origin,
                    "keep one of them");
        }
        if (matches.isEmpty() && !problems.isEmpty()) {
            throw new UnusablePluginException(
                    "there is no usable plugin `" + library + "`; " + problems.getFirst(),
                    problems.size() == 1
                            ? ""
                            : "also: " + String.join("; ", problems.subList(1, Math.min(problems.size(), 5))));
        }
        return matches.isEmpty() ? Optional.empty() : Optional.of(matches.getFirst().descriptor);
    }

    List<String> libraries() {
        var all = new TreeSet<String>();
        for (var entry : catalogs) {
            all.addAll(entry.catalog.libraries());
        }
        for (var plugin : plugins) {
            all.add(plugin.descriptor.library());
        }
        all.removeIf(library -> matches(library).size() != 1);
        return List.copyOf(all);
    }

    private List<FoundPlugin> matches(String library) {
        var matches = new ArrayList<FoundPlugin>();
        for (var entry : catalogs) {
            var found = entry.catalog.find(library);
            if (found.isPresent()) {
                matches.add(new FoundPlugin(entry.origin, found.get()));
            }
        }
        for (var plugin : plugins) {
            if (plugin.isCalled(library) && !isAmong(matches, plugin)) {
                matches.add(plugin);
            }
        }
        return matches;
    }

    /** {@return whether the same class from the same jar is in the list; a jar may declare it in several ways} */
    private static boolean isAmong(List<FoundPlugin> matches, FoundPlugin plugin) {
        for (var match : matches) {
            if (match.origin.equals(plugin.origin)
                    && match.descriptor.className().equals(plugin.descriptor.className())) {
                return true;
            }
        }
        return false;
    }

    /** A compiled script is in no named module, so it can call only packages that are exported unconditionally. */
    private static boolean isExported(Class<?> type) {
        return type.getModule().isExported(type.getPackageName());
    }

    /** Uses the descriptor written by the annotation processor, if there is a matching one. */
    private static PluginDescriptor descriptorOf(Class<? extends Plugin> type) {
        try {
            if (type.getCanonicalName() != null) {
                String name = type.getCanonicalName();
                int local = type.getPackageName().isEmpty()
                        ? 0
                        : type.getPackageName().length() + 1;
                String descriptorName =
                        name.substring(0, local) + name.substring(local).replace('.', '_') + "Descriptor";
                var written = Class.forName(descriptorName, true, type.getClassLoader())
                        .getConstructor()
                        .newInstance();
                if (written instanceof PluginDescriptor descriptor
                        && descriptor.className().equals(type.getName())
                        && !descriptor.functions().isEmpty()) {
                    return descriptor;
                }
            }
        } catch (ReflectiveOperationException | LinkageError _) {
            // Compiled without the processor, or with another version of it: the annotations have the same information.
        }
        return ReflectedPlugin.of(type);
    }

    /** {@return the problem, as the end of a sentence that starts with the class's name} */
    static String reason(Throwable thrown) {
        return switch (thrown) {
            case ClassNotFoundException _ -> "was not found, although it is declared as a plugin";
            case UnsupportedClassVersionError _ ->
                "was compiled for a newer Java than this one, which is "
                        + Runtime.version().feature();
            case NoClassDefFoundError e ->
                "needs " + String.valueOf(e.getMessage()).replace('/', '.')
                        + ", which was not found; put the jar that contains it next to the plugin's jar";
            default -> "cannot be loaded: " + thrown;
        };
    }
}

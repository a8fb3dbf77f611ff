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
 * What a search for plugins came upon, with the sentences about what cannot be used. A fault of one does no harm to the
 * others: it is told only where a plugin is asked for that was not found, since the broken one may be it.
 */
final class FoundPlugins {

    private record Single(String origin, PluginDescriptor descriptor) {

        boolean isCalled(String library) {
            return descriptor.library().equals(library) || descriptor.aliases().contains(library);
        }
    }

    private record Several(String origin, PluginCatalog catalog) {}

    private final List<Single> singles = new ArrayList<>();
    private final List<Several> catalogs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Adds a plugin.
     *
     * @param origin where it was found, for people
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
                singles.add(new Single(origin, descriptorOf(type.asSubclass(Plugin.class))));
            }
        } catch (IllegalArgumentException e) { // a rule for plugins is broken; each line names the class
            addProblem(origin + ": " + String.valueOf(e.getMessage()).replace("\n", "; "));
        } catch (RuntimeException | LinkageError e) {
            addProblem(origin + ": " + type.getName() + " " + reason(e));
        }
    }

    void addCatalog(String origin, PluginCatalog catalog) {
        catalogs.add(new Several(origin, catalog));
    }

    /**
     * Notes what cannot be used.
     *
     * @param sentence names the jar or the class, and says what is wrong
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
                    "there is no plugin `" + library + "` among those that can be used; " + problems.getFirst(),
                    problems.size() == 1
                            ? ""
                            : "also: " + String.join("; ", problems.subList(1, Math.min(problems.size(), 5))));
        }
        return matches.isEmpty() ? Optional.empty() : Optional.of(matches.getFirst().descriptor);
    }

    List<String> libraries() {
        var all = new TreeSet<String>();
        for (var several : catalogs) {
            all.addAll(several.catalog.libraries());
        }
        for (var single : singles) {
            all.add(single.descriptor.library());
        }
        all.removeIf(library -> matches(library).size() != 1);
        return List.copyOf(all);
    }

    private List<Single> matches(String library) {
        var matches = new ArrayList<Single>();
        for (var several : catalogs) {
            var found = several.catalog.find(library);
            if (found.isPresent()) {
                matches.add(new Single(several.origin, found.get()));
            }
        }
        for (var single : singles) {
            if (single.isCalled(library) && !isAmong(matches, single)) {
                matches.add(single);
            }
        }
        return matches;
    }

    /** {@return whether it is the same class at the same place, which a jar may name in several ways} */
    private static boolean isAmong(List<Single> matches, Single single) {
        for (var match : matches) {
            if (match.origin.equals(single.origin)
                    && match.descriptor.className().equals(single.descriptor.className())) {
                return true;
            }
        }
        return false;
    }

    /** A compiled script is in no module, so it can call what is exported to everybody. */
    private static boolean isExported(Class<?> type) {
        return type.getModule().isExported(type.getPackageName());
    }

    /** Takes the descriptor that the annotation processor wrote, where there is one that fits. */
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
            // It was compiled without the processor, or with one of another version: the annotations tell the same.
        }
        return ReflectedPlugin.of(type);
    }

    /** {@return what is wrong, as the end of a sentence that begins with the class's name} */
    static String reason(Throwable thrown) {
        return switch (thrown) {
            case ClassNotFoundException _ -> "is not there, though it is named as a plugin";
            case UnsupportedClassVersionError _ ->
                "was compiled for a newer Java than this one, which is "
                        + Runtime.version().feature();
            case NoClassDefFoundError e ->
                "needs " + String.valueOf(e.getMessage()).replace('/', '.')
                        + ", which is nowhere; put the jar that has it beside the plugin's";
            default -> "cannot be loaded: " + thrown;
        };
    }
}

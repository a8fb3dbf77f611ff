package dev.domin.lang.bind;

import dev.domin.lang.source.Span;
import java.util.TreeSet;

/** Reports plugins that the host of the script does not allow. */
final class RefusedPlugins {

    private RefusedPlugins() {}

    /**
     * Reports one.
     *
     * @param symbols the symbols of the script
     * @param place where the script names it
     * @param name what it is called there
     */
    static void report(Symbols symbols, Span place, String name) {
        var allowed = new TreeSet<String>();
        for (var plugin : symbols.plugins.all()) {
            allowed.add(plugin.namespace());
        }
        symbols.problems.error(
                place,
                "the plugin of `" + name + "` is not allowed in this run",
                (allowed.isEmpty() ? "no plugin is allowed" : "allowed: " + Symbols.list(allowed))
                        + "; `domin --allow` or Plugins.only can allow more");
    }
}

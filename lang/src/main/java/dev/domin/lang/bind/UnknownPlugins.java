package dev.domin.lang.bind;

import dev.domin.lang.source.Suggestions;
import dev.domin.lang.syntax.ScriptTree;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Reports unknown plugins in directives, with suggestions. It reads the whole catalog, so it is for mistakes only. */
final class UnknownPlugins {

    private static final String BUILTIN = "builtin:";
    private static final List<String> EXTENSIONS = List.of(".so", ".dll", ".dylib", ".jar", ".dom", ".class", ".java");

    private UnknownPlugins() {}

    /** Reports a directive that names an unknown plugin. */
    static void report(Symbols symbols, ScriptTree.PluginDirective directive, String library) {
        if (symbols.plugins.isRefused(library)) {
            RefusedPlugins.report(symbols, directive.pathSpan(), library);
            return;
        }
        var libraries = symbols.plugins.libraries();
        String there =
                "the plugins are " + Symbols.list(libraries) + "; `--plugins DIR` adds those in the jars of a folder";
        if (UpstreamPlugins.has(library)) {
            symbols.problems.error(
                    directive.pathSpan(), "domin does not have the plugin `" + library + "` of DominScript", there);
            return;
        }
        String path = directive.path();
        String message = path.isBlank()
                ? "the path of the plugin is empty"
                : "there is no plugin `" + (library.isEmpty() ? path : library) + "`";
        symbols.problems.error(directive.pathSpan(), message, suggestion(symbols, path, library, libraries) + there);
    }

    private static String suggestion(Symbols symbols, String path, String library, Collection<String> libraries) {
        var meant = meant(symbols, word(path, library));
        if (meant.size() == 1) {
            return "did you mean `" + meant.getFirst() + "`? ";
        }
        if (!meant.isEmpty()) {
            return "did you mean one of " + Symbols.list(meant) + "? ";
        }
        String near = library.isEmpty() ? null : Symbols.closest(library, libraries);
        return near == null ? "" : "did you mean `" + near + "`? ";
    }

    /** {@return the part of a path that is compared with the names of the plugins} */
    private static String word(String path, String library) {
        String word = library.startsWith(BUILTIN) ? library.substring(BUILTIN.length()) : library;
        if (word.isEmpty()) { // it ends in a slash
            int end = path.length();
            while (end > 0 && (path.charAt(end - 1) == '/' || path.charAt(end - 1) == '\\')) {
                end--;
            }
            String rest = path.substring(0, end);
            word = rest.substring(Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\')) + 1);
        }
        for (String extension : EXTENSIONS) {
            if (word.toLowerCase(Locale.ROOT).endsWith(extension)) {
                return word.substring(0, word.length() - extension.length());
            }
        }
        return word;
    }

    /** {@return the paths of the plugins that have the word as another of their names, not as the one of directives} */
    private static List<String> meant(Symbols symbols, String word) {
        var paths = new ArrayList<String>();
        for (int rank = 0; rank < RANKS && paths.isEmpty() && !word.isBlank(); rank++) {
            for (var plugin : symbols.plugins.all()) {
                if (isMeant(plugin, word, rank) && !paths.contains(plugin.path())) {
                    paths.add(plugin.path());
                }
            }
        }
        return paths;
    }

    /** How many such names a plugin has, the most specific first. */
    private static final int RANKS = 4;

    private static boolean isMeant(PluginDescriptor plugin, String word, int rank) {
        return switch (rank) {
            case 0 ->
                plugin.library().equalsIgnoreCase(word) || plugin.library().equalsIgnoreCase(word + "Plugin");
            case 1 -> plugin.namespace().equalsIgnoreCase(Suggestions.withoutPlugin(word));
            case 2 -> isFunction(plugin, word);
            default ->
                word.length() > 2 && plugin.library().toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
        };
    }

    private static boolean isFunction(PluginDescriptor plugin, String word) {
        for (var function : plugin.functions()) {
            if (function.global() && function.name().equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }
}

package dev.domin.lang.bind;

import dev.domin.lang.syntax.ForeignCalls;
import dev.domin.lang.syntax.Name;
import dev.domin.lang.syntax.ScriptTree;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/** Reports unknown names, with suggestions. It reads the whole catalog, so it is for mistakes only. */
final class UnknownNames {

    private UnknownNames() {}

    /** Reports a directive that names a plugin that cannot be loaded. */
    static void reportUnusablePlugin(
            Symbols symbols, ScriptTree.PluginDirective directive, String library, UnusablePluginException e) {
        String near = Symbols.closest(library, symbols.plugins.libraries());
        symbols.problems.error(
                directive.pathSpan(),
                String.valueOf(e.getMessage()),
                near == null ? e.help() : "did you mean `" + near + "`?");
    }

    /** Reports a call of an unknown function without a namespace. */
    static void reportFunction(Symbols symbols, Name function) {
        String name = function.text();
        if (symbols.plugins.isRefused(name)) {
            if (!symbols.pluginMissing) {
                RefusedPlugins.report(symbols, function.span(), name);
            }
            return;
        }
        String help = null;
        for (var plugin : symbols.plugins.all()) {
            var declaration = PluginScope.function(plugin, name);
            if (declaration != null && declaration.global()) {
                if (symbols.pluginMissing) {
                    return;
                }
                help = directiveHelp(plugin);
            }
        }
        symbols.problems.error(
                function.span(),
                "there is no function `" + name + "`",
                help != null ? help : functionHelp(symbols, name));
    }

    private static String functionHelp(Symbols symbols, String name) {
        for (var plugin : symbols.plugins.inScope()) {
            if (PluginScope.function(plugin, name) != null) {
                return "did you mean `" + plugin.namespace() + "." + name + "`?";
            }
        }
        var names = new ArrayList<>(symbols.functions.keySet());
        for (var plugin : symbols.plugins.inScope()) {
            for (var function : plugin.functions()) {
                if (function.global()) {
                    names.add(function.name());
                }
            }
        }
        String near = Symbols.closest(name, names);
        String foreign = ForeignCalls.help(name);
        if (near != null && (foreign == null || near.equalsIgnoreCase(name))) {
            return "did you mean `" + near + "`?";
        }
        if (foreign != null) {
            return foreign;
        }
        var elsewhere = new ArrayList<String>();
        for (var plugin : symbols.plugins.all()) {
            for (var function : plugin.functions()) {
                if (function.name().equalsIgnoreCase(name)) {
                    elsewhere.add(plugin.namespace() + "." + function.name());
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            return elsewhere.size() == 1
                    ? "did you mean `" + elsewhere.getFirst() + "`?"
                    : "there are " + Symbols.list(elsewhere);
        }
        return "declare it, as in `i32 " + name + "() { return(0); }`, or put a plugin's name and a dot before it";
    }

    /** {@return whether a word before a dot means a plugin rather than a variable} */
    static boolean isNamespace(Body body, String name) {
        if (body.symbols.plugins.builtin(name) != null || PluginScope.isAcceptedAsEmpty("builtin:" + name)) {
            return true;
        }
        for (var plugin : body.symbols.plugins.inScope()) {
            if (plugin.namespace().equals(name)) {
                return true;
            }
        }
        var namespaces = namespaces(body.symbols.plugins);
        return namespaces.contains(name)
                || body.symbols.plugins.isRefused(name)
                || Symbols.closest(name, body.scope.names()) == null && Symbols.closest(name, namespaces) != null;
    }

    private static HashSet<String> namespaces(PluginScope plugins) {
        var namespaces = new HashSet<String>();
        for (var plugin : plugins.all()) {
            namespaces.add(plugin.namespace());
        }
        return namespaces;
    }

    /** Reports {@code namespace.Name} that no plugin in scope has. */
    static void reportQualified(Symbols symbols, Name namespace, Name name) {
        String word = namespace.text();
        var loaded = functionNames(symbols.plugins.inScope(), word);
        if (loaded.isEmpty() && symbols.pluginMissing) {
            return;
        }
        if (symbols.plugins.isRefused(word)) {
            RefusedPlugins.report(symbols, namespace.span(), word);
            return;
        }
        PluginDescriptor owner = null;
        PluginDescriptor neighbour = null;
        for (var plugin : symbols.plugins.all()) {
            if (plugin.namespace().equals(word)) {
                owner = owner == null && PluginScope.function(plugin, name.text()) != null ? plugin : owner;
                neighbour = neighbour == null && !isBuiltin(plugin) ? plugin : neighbour;
            }
        }
        var builtin = symbols.plugins.builtin(word);
        if (builtin != null && Collections.disjoint(loaded, functionNames(List.of(builtin), word))) {
            loaded.addAll(functionNames(List.of(builtin), word));
            neighbour = symbols.plugins.isInScope(neighbour) ? null : neighbour;
        } else if (!loaded.isEmpty()) {
            neighbour = null;
        }
        String near = Symbols.closest(name.text(), loaded);
        if (neighbour != null && (owner != null || near == null)) {
            symbols.problems.error(
                    namespace.span(),
                    "the plugin of `" + word + "` is not loaded",
                    directiveHelp(owner != null ? owner : neighbour));
        } else if (!loaded.isEmpty()) {
            String foreign = ForeignCalls.help(name.text());
            String help = foreign != null ? foreign : "`" + word + "` has " + Symbols.list(loaded);
            if (owner != null) {
                help = directiveHelp(owner);
            } else if (near != null) {
                help = "did you mean `" + word + "." + near + "`?";
            }
            symbols.problems.error(
                    namespace.span().to(name.span()), "there is no function `" + word + "." + name.text() + "`", help);
        } else if (PluginScope.isAcceptedAsEmpty("builtin:" + word)) {
            symbols.problems.error(
                    namespace.span().to(name.span()),
                    "there is no function `" + word + "." + name.text() + "`",
                    "domin has no functions of DominScript\'s namespace `" + word + "`");
        } else {
            reportNamespace(symbols, namespace, name);
        }
    }

    private static void reportNamespace(Symbols symbols, Name namespace, Name name) {
        var namespaces = namespaces(symbols.plugins);
        String near = Symbols.closest(namespace.text(), namespaces);
        var sorted = new ArrayList<>(namespaces);
        sorted.sort(null);
        String foreign = ForeignCalls.help(name.text());
        String help = foreign != null ? foreign : "there are " + Symbols.list(sorted);
        symbols.problems.error(
                namespace.span(),
                "there is no plugin with the namespace `" + namespace.text() + "`",
                near != null ? "did you mean `" + near + "." + nearFunction(symbols, near, name.text()) + "`?" : help);
    }

    private static String nearFunction(Symbols symbols, String namespace, String name) {
        var names = functionNames(symbols.plugins.all(), namespace);
        String near = names.contains(name) ? name : Symbols.closest(name, names);
        return near != null ? near : name;
    }

    private static boolean isBuiltin(PluginDescriptor plugin) {
        return plugin.library().startsWith("builtin:");
    }

    private static ArrayList<String> functionNames(Iterable<PluginDescriptor> plugins, String namespace) {
        var names = new ArrayList<String>();
        for (var plugin : plugins) {
            if (plugin.namespace().equals(namespace)) {
                for (var function : plugin.functions()) {
                    names.add(function.name());
                }
            }
        }
        return names;
    }

    private static String directiveHelp(PluginDescriptor plugin) {
        return "add at the top: `plugin \"" + plugin.path() + "\";`";
    }
}

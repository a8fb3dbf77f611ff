package dev.domin.cli.help;

import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;

/** Determines the lines that are needed before an example to make it a complete script. */
final class Examples {

    /** The callback that an example may name without declaring it. */
    private static final String CALLBACK = "OnPacket";

    private static final String CALLBACK_DECLARATION = "callback i32 OnPacket(ref blob $X) { return(1); }\n";

    private final List<PluginDescriptor> plugins;

    /**
     * Creates an instance for a set of plugins.
     *
     * @param plugins all plugins that examples may use
     */
    Examples(List<PluginDescriptor> plugins) {
        this.plugins = plugins;
    }

    /** {@return the directive that loads a plugin} */
    static String directive(PluginDescriptor plugin) {
        return "plugin \"" + (plugin.path().isEmpty() ? plugin.library() : plugin.path()) + "\";";
    }

    /**
     * Returns the lines that are needed before examples of a plugin.
     *
     * @param owner the plugin
     * @param docs the functions whose examples are used
     * @return directives for all plugins that the examples call, the owner's last, and the callback if they name it
     */
    String lead(PluginDescriptor owner, List<FunctionDoc> docs) {
        var examples = new StringBuilder();
        for (FunctionDoc doc : docs) {
            examples.append(doc.example()).append('\n');
        }
        String scripts = examples.toString();
        var lines = new StringBuilder();
        var needed = new ArrayList<PluginDescriptor>();
        for (var plugin : plugins) {
            if (!plugin.equals(owner) && isCalled(plugin, scripts)) {
                needed.add(plugin);
            }
        }
        needed.add(owner);
        for (var plugin : needed) {
            lines.append(directive(plugin)).append('\n');
        }
        if (scripts.contains("\"" + CALLBACK + "\"") && !scripts.contains("i32 " + CALLBACK + "(")) {
            lines.append('\n').append(CALLBACK_DECLARATION);
        }
        return lines.toString();
    }

    private static boolean isCalled(PluginDescriptor plugin, String script) {
        for (var function : plugin.functions()) {
            if (calls(script, plugin.namespace() + "." + function.name())
                    || function.global() && calls(script, function.name())) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether a script contains a name as a whole word} */
    static boolean calls(String script, String name) {
        int at = script.indexOf(name);
        while (at >= 0) {
            int end = at + name.length();
            boolean begins = at == 0 || !isNamePart(script.charAt(at - 1));
            boolean ends = end == script.length() || !isNamePart(script.charAt(end));
            if (begins && ends) {
                return true;
            }
            at = script.indexOf(name, end);
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.';
    }
}

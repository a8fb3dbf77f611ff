package dev.domin.cli;

import dev.domin.lang.source.Suggestions;
import dev.domin.spi.FunctionDeclaration;
import dev.domin.spi.FunctionDoc;
import dev.domin.spi.ParameterDeclaration;
import dev.domin.spi.PluginCatalog;
import dev.domin.spi.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What there is to read about plugins, made of their annotations. */
final class Help {

    private static final int WIDTH = 88;

    private final List<PluginDescriptor> plugins = new ArrayList<>();

    Help(PluginCatalog catalog) {
        for (String library : catalog.libraries()) {
            catalog.find(library).ifPresent(plugins::add);
        }
    }

    /** {@return a line for each plugin} */
    String overview() {
        var text = new StringBuilder("plugins:\n");
        for (var plugin : plugins) {
            text.append("  ")
                    .append(padded(plugin.namespace(), 18))
                    .append("plugin \"")
                    .append(plugin.path())
                    .append("\";\n");
        }
        return text.append("\ndomin help PLUGIN lists its functions, domin help PLUGIN.Function tells about one.\n")
                .toString();
    }

    /**
     * Finds a page.
     *
     * @param topic {@code namespace}, {@code namespace.Function}, or the name of a function that needs no namespace
     * @return its text
     */
    Optional<String> page(String topic) {
        int dot = topic.indexOf('.');
        String namespace = dot < 0 ? topic : topic.substring(0, dot);
        var text = new StringBuilder();
        for (var plugin : plugins) {
            if (dot < 0) {
                if (plugin.namespace().equals(topic) || plugin.library().equals(topic)) {
                    appendPlugin(text, plugin);
                }
                for (var function : plugin.functions()) {
                    if (function.global() && function.name().equals(topic)) {
                        appendFunction(text, plugin, function.name());
                    }
                }
            } else if (plugin.namespace().equals(namespace)) {
                appendFunction(text, plugin, topic.substring(dot + 1));
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    /** {@return what to say behind "there is no help on …"} */
    String suggestion(String topic) {
        var known = new ArrayList<String>();
        for (var plugin : plugins) {
            known.add(plugin.namespace());
            for (var function : plugin.functions()) {
                known.add(plugin.namespace() + "." + function.name());
            }
        }
        String near = Suggestions.closest(topic, known);
        return near == null ? "; domin help lists the plugins" : "; did you mean " + near + "?";
    }

    private static void appendPlugin(StringBuilder text, PluginDescriptor plugin) {
        text.append("plugin \"").append(plugin.path()).append("\";\n\n");
        appendWrapped(text, plugin.doc(), "");
        text.append('\n');
        for (var doc : plugin.docs()) {
            text.append("  ")
                    .append(signature(plugin, declaration(plugin, doc.name())))
                    .append('\n');
        }
        text.append('\n');
    }

    private static void appendFunction(StringBuilder text, PluginDescriptor plugin, String name) {
        for (FunctionDoc doc : plugin.docs()) {
            if (doc.name().equals(name) || doc.aliases().contains(name)) {
                appendPage(text, plugin, declaration(plugin, name), doc);
            }
        }
    }

    private static void appendPage(
            StringBuilder text, PluginDescriptor plugin, FunctionDeclaration function, FunctionDoc doc) {
        text.append(signature(plugin, function)).append("\n\n");
        appendWrapped(text, doc.doc(), "");
        if (doc.beyond()) {
            text.append("\nThis function goes beyond DominScript as its own pages describe it.\n");
        }
        if (!function.parameters().isEmpty()) {
            text.append("\nparameters:\n");
            for (int i = 0; i < function.parameters().size(); i++) {
                var parameter = function.parameters().get(i);
                text.append("  ")
                        .append(parameter.name())
                        .append(" (")
                        .append(parameter.kind().scriptName())
                        .append(")\n");
                appendWrapped(text, doc.parameters().get(i), "      ");
            }
        }
        appendSection(text, "result", doc.returns());
        appendSection(text, "errors", doc.errors());
        if (!doc.example().isEmpty()) {
            text.append("\nexample:\n").append(doc.example().stripTrailing().indent(2));
        }
        if (!doc.output().isEmpty()) {
            text.append("prints:\n").append(doc.output().stripTrailing().indent(2));
        }
        text.append('\n');
    }

    private static void appendSection(StringBuilder text, String title, String content) {
        if (!content.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            appendWrapped(text, content, "  ");
        }
    }

    private static FunctionDeclaration declaration(PluginDescriptor plugin, String name) {
        for (var function : plugin.functions()) {
            if (function.name().equals(name)) {
                return function;
            }
        }
        throw new IllegalStateException(plugin.className() + " documents " + name + " but does not declare it");
    }

    private static String signature(PluginDescriptor plugin, FunctionDeclaration function) {
        var text = new StringBuilder();
        if (!function.global()) {
            text.append(plugin.namespace()).append('.');
        }
        text.append(function.name()).append('(');
        String separator = "";
        for (ParameterDeclaration parameter : function.parameters()) {
            text.append(separator);
            switch (parameter.kind()) {
                case VARIADIC -> text.append("...");
                default ->
                    text.append(parameter.kind().scriptName()).append(' ').append(parameter.name());
            }
            if (parameter.isOptional()) {
                text.append(" = ").append(parameter.defaultValue());
            }
            separator = ", ";
        }
        return text.append(") -> ").append(function.result().scriptName()).toString();
    }

    private static void appendWrapped(StringBuilder text, String paragraph, String indent) {
        int column = 0;
        for (String word : paragraph.strip().split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            if (column == 0) {
                text.append(indent);
                column = indent.length();
            } else {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }

    private static String padded(String word, int width) {
        return word + " ".repeat(Math.max(1, width - word.length()));
    }
}

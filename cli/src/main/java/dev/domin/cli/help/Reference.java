package dev.domin.cli.help;

import dev.domin.lang.source.Suggestions;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pages of all plugins of a catalog. */
final class Reference {

    /** The page that lists the others. */
    static final String INDEX = "README.md";

    private final List<PluginPage> pages = new ArrayList<>();

    Reference(PluginCatalog catalog) {
        var plugins = new ArrayList<PluginDescriptor>();
        for (String library : catalog.libraries()) {
            catalog.find(library).ifPresent(plugins::add);
        }
        var examples = new Examples(plugins);
        for (var plugin : plugins) {
            pages.add(new PluginPage(plugin, examples));
        }
        pages.sort(Comparator.comparing(PluginPage::title)
                .thenComparing(page -> page.plugin().library()));
    }

    /** {@return the page that lists all plugins} */
    List<Block> index() {
        return index(pages);
    }

    /**
     * Returns the page on a topic.
     *
     * @param topic a namespace, a library, {@code namespace.Function}, or a function that can be called without a
     *     namespace
     * @return the page, with several plugins if they share a namespace; empty if there is none
     */
    List<Block> find(String topic) {
        int dot = topic.indexOf('.');
        var blocks = new ArrayList<Block>();
        for (var page : pages) {
            if (dot < 0) {
                if (isMeant(page, topic)) {
                    blocks.addAll(page.overview());
                    blocks.add(new Block.Paragraph(
                            "", "`domin help " + page.plugin().namespace() + ".Function` describes one function."));
                }
                for (var function : page.plugin().functions()) {
                    if (function.global() && function.name().equals(topic)) {
                        blocks.addAll(page.function(topic));
                    }
                }
            } else if (page.plugin().namespace().equals(topic.substring(0, dot))) {
                blocks.addAll(page.function(topic.substring(dot + 1)));
            }
        }
        return blocks;
    }

    /** {@return whether a topic names one of the plugins} */
    boolean hasPlugin(String topic) {
        return pages.stream().anyMatch(page -> isMeant(page, topic));
    }

    /** {@return a suggestion to append to "there is no help on …"} */
    String suggestion(String topic) {
        var known = new ArrayList<String>();
        for (var page : pages) {
            var plugin = page.plugin();
            known.add(plugin.namespace());
            known.add(plugin.library());
            known.addAll(plugin.aliases());
            for (var function : plugin.functions()) {
                String name = plugin.namespace() + "." + function.name();
                if (function.name().equalsIgnoreCase(topic)) {
                    return didYouMean(name);
                }
                known.add(name);
                if (function.global()) {
                    known.add(function.name());
                }
            }
        }
        String core = Suggestions.withoutPlugin(topic).toLowerCase(Locale.ROOT);
        String near = known.contains(core) ? core : Suggestions.closest(topic, known);
        if (near != null) {
            return didYouMean(near);
        }
        int dot = topic.indexOf('.');
        return dot > 0 && hasPlugin(topic.substring(0, dot))
                ? "; domin help " + topic.substring(0, dot) + " lists its functions"
                : "; domin help lists the plugins";
    }

    /**
     * Returns the pages of the reference.
     *
     * @param topics the plugins to include; empty for all
     * @return the pages by file name, {@link #INDEX} first
     */
    Map<String, List<Block>> files(List<String> topics) {
        var selected = new ArrayList<PluginPage>();
        for (var page : pages) {
            if (topics.isEmpty() || topics.stream().anyMatch(topic -> isMeant(page, topic))) {
                selected.add(page);
            }
        }
        var files = new LinkedHashMap<String, List<Block>>();
        files.put(INDEX, index(selected));
        for (var page : selected) {
            files.put(fileName(page), page.everything());
        }
        return files;
    }

    private List<Block> index(List<PluginPage> listed) {
        var terms = new ArrayList<Block.Term>();
        for (var page : listed) {
            terms.add(new Block.Term(page.title(), fileName(page), "`" + page.directive() + "`", page.summary()));
        }
        return List.of(
                new Block.Title("Plugins"),
                new Block.Terms("", List.of("plugin", "directive", "what it is for"), terms),
                new Block.Paragraph(
                        "",
                        "`domin help PLUGIN` lists the functions of a plugin, `domin help PLUGIN.Function` describes"
                                + " one function."),
                new Block.Paragraph(
                        "beyond DominScript",
                        "Functions with this mark are not known from DominScript's own documentation."));
    }

    /** Adds the library to the file name if several plugins have the same title. */
    private String fileName(PluginPage page) {
        long sameTitle = pages.stream()
                .filter(other -> other.title().equals(page.title()))
                .count();
        String name = page.title() + (sameTitle > 1 ? "-" + page.plugin().library() : "");
        return name.replace(':', '-') + ".md";
    }

    private static boolean isMeant(PluginPage page, String topic) {
        var plugin = page.plugin();
        return plugin.namespace().equals(topic)
                || plugin.library().equals(topic)
                || plugin.aliases().contains(topic);
    }

    private static String didYouMean(String name) {
        return "; did you mean " + name + "?";
    }
}

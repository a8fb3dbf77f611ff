package dev.domin.cli.help;

import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;

/** The reference page of one plugin. */
final class PluginPage {

    private static final String BUILTIN = "builtin:";

    private final PluginDescriptor plugin;
    private final Examples examples;

    PluginPage(PluginDescriptor plugin, Examples examples) {
        this.plugin = plugin;
        this.examples = examples;
    }

    PluginDescriptor plugin() {
        return plugin;
    }

    /**
     * {@return the title of the page: the namespace, or the library for a built-in plugin, which may share a namespace}
     */
    String title() {
        return plugin.library().startsWith(BUILTIN) ? plugin.library() : plugin.namespace();
    }

    /** {@return the directive that loads the plugin} */
    String directive() {
        return Examples.directive(plugin);
    }

    /** {@return the purpose of the plugin in one sentence} */
    String summary() {
        return firstSentence(plugin.doc());
    }

    /** {@return the page without the functions' own sections} */
    List<Block> overview() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(title()));
        blocks.add(new Block.Paragraph("", oneLine(plugin.doc())));
        blocks.add(new Block.Code("directive", "text", directive() + "\n"));
        if (plugin.library().startsWith(BUILTIN)) {
            blocks.add(new Block.Paragraph("", "The directive may be left out."));
        }
        if (!plugin.aliases().isEmpty()) {
            blocks.add(new Block.Paragraph(
                    "also loaded by", "`" + String.join("`, `", plugin.aliases()) + "` in the directive."));
        }
        var terms = new ArrayList<Block.Term>();
        for (var doc : plugin.docs()) {
            terms.add(new Block.Term(
                    signature(declaration(doc.name())),
                    Markdown.anchor(qualified(doc.name())),
                    doc.beyond() ? "beyond DominScript" : "",
                    firstSentence(doc.doc())));
        }
        blocks.add(new Block.Terms("functions", List.of("function", "", "what it does"), terms));
        if (plugin.functions().stream()
                .flatMap(each -> each.parameters().stream())
                .anyMatch(each -> each.kind().isInteger())) {
            blocks.add(new Block.Paragraph("", "An `int` is an `i32` or an `i64`: the function takes either."));
        }
        return blocks;
    }

    /** {@return the complete page} */
    List<Block> everything() {
        var blocks = new ArrayList<>(overview());
        blocks.add(new Block.Code("before each example", "dom", examples.lead(plugin, plugin.docs())));
        for (var doc : plugin.docs()) {
            blocks.addAll(section(doc));
            blocks.addAll(example(doc));
        }
        return blocks;
    }

    /**
     * Returns a page about one function.
     *
     * @param name its name or one of its aliases
     * @return the page; empty if the plugin has no such function
     */
    List<Block> function(String name) {
        var blocks = new ArrayList<Block>();
        for (var doc : plugin.docs()) {
            if (doc.name().equals(name) || doc.aliases().contains(name)) {
                blocks.addAll(section(doc));
                String lead = examples.lead(plugin, List.of(doc));
                blocks.add(new Block.Code(doc.example().isBlank() ? "directive" : "before the example", "dom", lead));
                blocks.addAll(example(doc));
            }
        }
        return blocks;
    }

    private List<Block> section(FunctionDoc doc) {
        var function = declaration(doc.name());
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Function(qualified(doc.name()), signature(function)));
        blocks.add(new Block.Paragraph("", oneLine(doc.doc())));
        if (doc.beyond()) {
            blocks.add(new Block.Paragraph(
                    "beyond DominScript",
                    "This function is not known from DominScript's own documentation. Other implementations may not"
                            + " have it, or may define it differently."));
        }
        if (!doc.aliases().isEmpty()) {
            blocks.add(new Block.Paragraph("also called", "`" + String.join("`, `", doc.aliases()) + "`."));
        }
        if (function.global()) {
            blocks.add(new Block.Paragraph(
                    "namespace", "Can be called with or without `" + plugin.namespace() + ".` before the name."));
        }
        if (!function.parameters().isEmpty()) {
            var terms = new ArrayList<Block.Term>();
            for (int i = 0; i < function.parameters().size(); i++) {
                terms.add(
                        parameter(function.parameters().get(i), doc.parameters().get(i), range(doc.name(), i)));
            }
            blocks.add(new Block.Terms("parameters", List.of("parameter", "type", "meaning"), terms));
        }
        addUnlessEmpty(blocks, "result", doc.returns());
        addUnlessEmpty(blocks, "errors", doc.errors());
        return blocks;
    }

    private String range(String function, int parameter) {
        for (var rule : plugin.argumentRules()) {
            if (rule.function().equals(function) && rule.parameter() == parameter) {
                return rule.range();
            }
        }
        return "";
    }

    private static Block.Term parameter(ParameterDeclaration parameter, String doc, String range) {
        String text = oneLine(doc);
        if (!range.isEmpty()) {
            text += " Range: " + range + ".";
        }
        if (parameter.isOptional()) {
            text += " Default: `" + parameter.defaultValue() + "`.";
        }
        return new Block.Term(parameter.name(), "", "`" + type(parameter) + "`", text);
    }

    private static void addUnlessEmpty(List<Block> blocks, String label, String text) {
        if (!text.isBlank()) {
            blocks.add(new Block.Paragraph(label, oneLine(text)));
        }
    }

    private static List<Block> example(FunctionDoc doc) {
        if (doc.example().isBlank()) {
            return List.of();
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Code("example", "dom", doc.example().stripTrailing() + "\n"));
        if (!doc.output().isEmpty()) {
            blocks.add(new Block.Code(
                    "output", "output", doc.output() + (doc.output().endsWith("\n") ? "" : "\n")));
        } else if (Examples.calls(doc.example(), "printf")) {
            blocks.add(new Block.Paragraph("output", "Differs from run to run."));
        }
        return blocks;
    }

    private String qualified(String name) {
        return plugin.namespace() + "." + name;
    }

    private FunctionDeclaration declaration(String name) {
        for (var function : plugin.functions()) {
            if (function.name().equals(name)) {
                return function;
            }
        }
        throw new IllegalStateException(plugin.className() + " documents " + name + " but does not declare it");
    }

    private String signature(FunctionDeclaration function) {
        var text = new StringBuilder(function.global() ? function.name() : qualified(function.name())).append('(');
        String separator = "";
        for (ParameterDeclaration parameter : function.parameters()) {
            text.append(separator);
            if (parameter.kind() == Kind.VARIADIC) {
                text.append(parameter.name()).append("...");
            } else {
                boolean integer = parameter.kind().isInteger();
                text.append(integer ? parameter.kind().shortName() : type(parameter));
                text.append(' ').append(parameter.name());
            }
            if (parameter.isOptional()) {
                text.append(" = ").append(parameter.defaultValue());
            }
            separator = ", ";
        }
        return text.append(") -> ").append(function.result().resultName()).toString();
    }

    private static String type(ParameterDeclaration parameter) {
        return switch (parameter.kind()) {
            case VARIADIC -> "any...";
            case BLOB -> parameter.byRef() ? "ref blob" : "blob";
            default -> parameter.kind().scriptName();
        };
    }

    private static String oneLine(String text) {
        return String.join(" ", text.strip().split("\\s+"));
    }

    private static String firstSentence(String text) {
        String line = oneLine(text);
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end + 1);
    }
}

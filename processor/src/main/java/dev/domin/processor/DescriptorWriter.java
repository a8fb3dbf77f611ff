package dev.domin.processor;

import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.FunctionModel;
import dev.domin.spi.descriptor.ParameterDeclaration;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.util.Elements;

/**
 * Writes the source of a plugin's descriptor: only constructor calls, because it runs at each start of a script that
 * uses the plugin.
 */
final class DescriptorWriter {

    private final StringBuilder out = new StringBuilder(4096);
    private final Elements elements;

    private DescriptorWriter(Elements elements) {
        this.elements = elements;
    }

    static String write(PluginSource plugin, Elements elements) {
        var writer = new DescriptorWriter(elements);
        writer.writeClass(plugin);
        return writer.out.toString();
    }

    private void writeClass(PluginSource plugin) {
        var model = plugin.model();
        var annotation = model.annotation();
        var pluginName = plugin.type().getQualifiedName().toString();
        if (!plugin.packageName().isEmpty()) {
            line("package " + plugin.packageName() + ";");
            line("");
        }
        line("import dev.domin.spi.ArgumentCheck;");
        line("import dev.domin.spi.descriptor.ArgumentRule;");
        line("import dev.domin.spi.descriptor.FunctionDeclaration;");
        line("import dev.domin.spi.descriptor.FunctionDoc;");
        line("import dev.domin.spi.descriptor.Kind;");
        line("import dev.domin.spi.descriptor.ParameterDeclaration;");
        line("import dev.domin.spi.Plugin;");
        line("import dev.domin.spi.descriptor.PluginDescriptor;");
        line("import java.util.List;");
        line("");
        line("/** Describes {@link " + pluginName + "}. Written by dev.domin.processor. */");
        line("public final class " + plugin.descriptorSimpleName() + " implements PluginDescriptor {");
        line("");
        line("    /** Creates the descriptor. */");
        line("    public " + plugin.descriptorSimpleName() + "() {}");
        method("String namespace()", quote(annotation.namespace()));
        method("String library()", quote(annotation.library()));
        method("List<String> aliases()", strings(List.of(annotation.aliases())));
        method("String path()", quote(annotation.path().isEmpty() ? annotation.library() : annotation.path()));
        method("String className()", quote(model.className()));
        method("String doc()", quote(annotation.doc()));
        method("Class<? extends Plugin> pluginClass()", pluginName + ".class");
        method("Plugin create()", "new " + pluginName + "()");
        writeFunctions(model.declarations());
        writeDocs(model.docs());
        writeRules(model.functions());
        line("}");
    }

    private void writeFunctions(List<FunctionDeclaration> functions) {
        openList("FunctionDeclaration", "functions");
        for (int i = 0; i < functions.size(); i++) {
            var function = functions.get(i);
            out.append("            new FunctionDeclaration(")
                    .append(quote(function.name()))
                    .append(", ")
                    .append(function.global())
                    .append(", ")
                    .append(quote(function.method()))
                    .append(", ")
                    .append(function.isStatic())
                    .append(", List.of(");
            var parameters = function.parameters();
            for (int p = 0; p < parameters.size(); p++) {
                out.append(p == 0 ? "\n" : ",\n");
                writeParameter(parameters.get(p));
            }
            out.append("), Kind.").append(function.result().name()).append(")");
            endItem(i, functions.size());
        }
        closeList();
    }

    private void writeParameter(ParameterDeclaration parameter) {
        out.append("                new ParameterDeclaration(")
                .append(quote(parameter.name()))
                .append(", Kind.")
                .append(parameter.kind().name())
                .append(", ")
                .append(parameter.byRef())
                .append(", ")
                .append(quote(parameter.defaultValue()))
                .append(", ")
                .append(quote(parameter.help()))
                .append(")");
    }

    private void writeDocs(List<FunctionDoc> docs) {
        openList("FunctionDoc", "docs");
        for (int i = 0; i < docs.size(); i++) {
            var doc = docs.get(i);
            out.append("            new FunctionDoc(\n");
            argument(quote(doc.name()));
            argument(strings(doc.aliases()));
            argument(quote(doc.doc()));
            argument(strings(doc.parameters()));
            argument(quote(doc.returns()));
            argument(quote(doc.errors()));
            argument(quote(doc.example()));
            argument(quote(doc.output()));
            out.append("                ").append(doc.beyond()).append(")");
            endItem(i, docs.size());
        }
        closeList();
    }

    /** Writes the rules in a method of their own, which only {@code domin check} calls. */
    private void writeRules(List<FunctionModel> functions) {
        var rules = new ArrayList<String>();
        for (var function : functions) {
            for (int i = 0; i < function.parameters().size(); i++) {
                var parameter = function.parameters().get(i);
                var annotation = parameter.annotation();
                if (annotation == null || !parameter.hasRule()) {
                    continue;
                }
                String check = (parameter.check().isEmpty() ? "ArgumentCheck" : parameter.check()) + ".class";
                for (var name : function.names()) {
                    rules.add("            new ArgumentRule(" + quote(name) + ", " + i + ", "
                            + literal(annotation.min()) + ", " + literal(annotation.max()) + ", "
                            + annotation.callback() + ", " + check + ")");
                }
            }
        }
        openList("ArgumentRule", "argumentRules");
        for (int i = 0; i < rules.size(); i++) {
            out.append(rules.get(i));
            endItem(i, rules.size());
        }
        closeList();
    }

    private void method(String signature, String value) {
        line("");
        line("    @Override");
        line("    public " + signature + " {");
        line("        return " + value + ";");
        line("    }");
    }

    private void openList(String type, String name) {
        line("");
        line("    @Override");
        line("    public List<" + type + "> " + name + "() {");
        line("        return List.of(");
    }

    private void endItem(int index, int size) {
        out.append(index < size - 1 ? ",\n" : "\n");
    }

    private void closeList() {
        line("        );");
        line("    }");
    }

    private void argument(String value) {
        out.append("                ").append(value).append(",\n");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private String strings(List<String> values) {
        var list = new StringBuilder("List.of(");
        for (int i = 0; i < values.size(); i++) {
            list.append(i == 0 ? "" : ", ").append(quote(values.get(i)));
        }
        return list.append(')').toString();
    }

    private String literal(long value) {
        return elements.getConstantExpression(value);
    }

    private String quote(String value) {
        return elements.getConstantExpression(value);
    }
}

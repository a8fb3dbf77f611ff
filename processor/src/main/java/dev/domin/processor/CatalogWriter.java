package dev.domin.processor;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.util.Elements;

/** Writes the source of a catalog: a switch that loads the one descriptor asked for. */
final class CatalogWriter {

    private CatalogWriter() {}

    static String write(String name, List<PluginSource> plugins, Elements elements) {
        int dot = name.lastIndexOf('.');
        var simpleName = name.substring(dot + 1);
        var sorted = new ArrayList<>(plugins);
        sorted.sort((a, b) -> a.model()
                .annotation()
                .library()
                .compareTo(b.model().annotation().library()));
        var out = new StringBuilder();
        out.append("package ").append(name, 0, dot).append(";\n\n");
        out.append("import dev.domin.spi.descriptor.PluginCatalog;\n");
        out.append("import dev.domin.spi.descriptor.PluginDescriptor;\n");
        out.append("import java.util.List;\n");
        out.append("import java.util.Optional;\n\n");
        out.append("/** The plugins of this module. Written by dev.domin.processor. */\n");
        out.append("public final class ").append(simpleName).append(" implements PluginCatalog {\n\n");
        out.append("    /** Creates the catalog. */\n");
        out.append("    public ").append(simpleName).append("() {}\n\n");
        out.append("    @Override\n");
        out.append("    public Optional<PluginDescriptor> find(String library) {\n");
        out.append("        switch (library) {\n");
        for (var plugin : sorted) {
            for (var library : plugin.libraries()) {
                out.append("            case ")
                        .append(elements.getConstantExpression(library))
                        .append(":\n");
            }
            out.append("                return Optional.of(new ")
                    .append(plugin.descriptorName())
                    .append("());\n");
        }
        out.append("            default:\n");
        out.append("                return Optional.empty();\n");
        out.append("        }\n");
        out.append("    }\n\n");
        out.append("    @Override\n");
        out.append("    public List<String> libraries() {\n");
        out.append("        return List.of(\n");
        for (int i = 0; i < sorted.size(); i++) {
            var library = sorted.get(i).model().annotation().library();
            out.append("            ")
                    .append(elements.getConstantExpression(library))
                    .append(i < sorted.size() - 1 ? ",\n" : ");\n");
        }
        out.append("    }\n");
        out.append("}\n");
        return out.toString();
    }
}

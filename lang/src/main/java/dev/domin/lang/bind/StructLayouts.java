package dev.domin.lang.bind;

import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.syntax.ScriptTree;
import java.util.Map;

/** The layouts of the structs of a script, for tools that show packets. */
public final class StructLayouts {

    private StructLayouts() {}

    /**
     * Computes the layouts.
     *
     * @param tree the script, without syntax errors
     * @param plugins the plugins, none of which is needed
     * @param problems gets the errors of structs
     * @return the layouts by the names of the structs
     */
    public static Map<String, StructLayout> of(ScriptTree tree, PluginScope plugins, Diagnostics problems) {
        var symbols = new Symbols(tree.source(), tree.statements(), plugins, problems);
        var binder = new StructBinder(symbols);
        for (var struct : tree.structs()) {
            binder.bind(struct);
        }
        return symbols.structs == null ? Map.of() : Map.copyOf(symbols.structs);
    }
}

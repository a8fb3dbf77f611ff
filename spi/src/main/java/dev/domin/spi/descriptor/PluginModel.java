package dev.domin.spi.descriptor;

import dev.domin.spi.ScriptPlugin;
import java.util.ArrayList;
import java.util.List;

/**
 * A plugin class as it was read. Its declarations may be used only if {@link PluginRules} finds no fault in it.
 *
 * @param place its place in the source or class, for error reports
 * @param className the binary name of the class
 * @param isPlugin whether it implements {@link dev.domin.spi.Plugin}
 * @param isPublic whether it is public
 * @param isConcrete whether it can be instantiated without an enclosing instance
 * @param hasConstructor whether it has a public constructor without parameters
 * @param annotation its annotation
 * @param functions its annotated methods in the order of the source
 */
public record PluginModel(
        Object place,
        String className,
        boolean isPlugin,
        boolean isPublic,
        boolean isConcrete,
        boolean hasConstructor,
        ScriptPlugin annotation,
        List<FunctionModel> functions) {

    /** {@return the functions as the binder checks them, aliases included} */
    public List<FunctionDeclaration> declarations() {
        var declarations = new ArrayList<FunctionDeclaration>();
        for (var function : functions) {
            function.addDeclarationsTo(declarations);
        }
        return List.copyOf(declarations);
    }

    /** {@return the pages of the functions} */
    public List<FunctionDoc> docs() {
        var docs = new ArrayList<FunctionDoc>();
        for (var function : functions) {
            docs.add(function.doc());
        }
        return List.copyOf(docs);
    }
}

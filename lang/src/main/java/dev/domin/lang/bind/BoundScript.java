package dev.domin.lang.bind;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;

/**
 * A script in which every name, type and conversion is resolved.
 *
 * @param source the file
 * @param plugins the plugins that it uses, each once; {@link BoundExpr.PluginCall} refers to them by index
 * @param functions all functions, including {@code main}
 * @param main the function to start with: it has no parameters and returns {@code i32} or {@code void}
 */
public record BoundScript(
        SourceFile source, List<PluginDescriptor> plugins, List<BoundFunction> functions, FunctionSymbol main) {

    /**
     * A function's body.
     *
     * @param symbol its declaration
     * @param parameters its parameters as variables, in order
     * @param body its statements
     * @param endReachable whether control can reach the end of the body, which is allowed in a void function only
     * @param calls the functions that it calls, one for each call
     */
    public record BoundFunction(
            FunctionSymbol symbol,
            List<Local> parameters,
            BoundStmt.Block body,
            boolean endReachable,
            List<FunctionSymbol> calls) {}
}

package dev.domin.lang.bind;

import dev.domin.lang.source.SourceFile;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.List;

/**
 * A script whose every name, type and conversion is settled.
 *
 * @param source the file
 * @param plugins the plugins that it names, each once; {@link BoundExpr.PluginCall} refers to them by index
 * @param functions all functions, {@code main} among them
 * @param main the one to start with: no parameters, {@code i32} or {@code void}
 */
public record BoundScript(
        SourceFile source, List<PluginDescriptor> plugins, List<BoundFunction> functions, FunctionSymbol main) {

    /**
     * The inside of a function.
     *
     * @param symbol its outside
     * @param parameters its parameters as variables, in order
     * @param body its statements
     * @param endReachable whether control can run off the end of the body, which only a void function may have
     * @param calls the functions that it calls, one for each call
     */
    public record BoundFunction(
            FunctionSymbol symbol,
            List<Local> parameters,
            BoundStmt.Block body,
            boolean endReachable,
            List<FunctionSymbol> calls) {}
}

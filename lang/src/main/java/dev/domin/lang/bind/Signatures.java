package dev.domin.lang.bind;

import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.PluginDescriptor;

/** Formats the signatures of functions for help texts. */
final class Signatures {

    private Signatures() {}

    static String of(FunctionSymbol function) {
        var text = new StringBuilder();
        if (function.callback()) {
            text.append("callback ");
        }
        text.append(function.result()).append(' ').append(function.name()).append('(');
        String separator = "";
        for (var parameter : function.parameters()) {
            text.append(separator).append(parameter.byRef() ? "ref " : "").append(parameter.type());
            text.append(" $").append(parameter.name());
            separator = ", ";
        }
        return text.append(')').toString();
    }

    static String of(PluginDescriptor plugin, FunctionDeclaration function) {
        var text = new StringBuilder();
        text.append(plugin.namespace()).append('.').append(function.name()).append('(');
        String separator = "";
        boolean integers = false;
        for (var parameter : function.parameters()) {
            text.append(separator);
            integers |= parameter.kind().isInteger();
            if (parameter.kind() == Kind.VARIADIC) {
                text.append("...");
            } else {
                text.append(parameter.byRef() && !parameter.kind().isReference() ? "ref " : "");
                text.append(parameter.kind().shortName()).append(' ').append(parameter.name());
                if (parameter.isOptional()) {
                    text.append(" = ").append(parameter.defaultValue());
                }
            }
            separator = ", ";
        }
        text.append(')');
        if (function.result() != Kind.VOID) {
            text.append(" -> ").append(function.result().resultName());
        }
        if (integers) {
            text.append(", where int is i32 or i64");
        }
        return text.toString();
    }
}

package dev.domin.conformance;

import dev.domin.plugins.BundledPlugins;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls of all functions of all bundled plugins, for scripts that test each of them. */
final class EveryFunction {

    /** Declares a blob, and variables for references. */
    static final String VARIABLES =
            "blob $B[16]; i32 $i = 1; i64 $l = 1; double $d = 0.5; string $s[32] = \"x\"; $B[0] = $i;";

    /** Those that end the script or leave files behind. */
    private static final Set<String> LEFT_OUT = Set.of(
            "os.Exit", "fileio.WriteFileText", "fileio.WriteFileBlob", "log.SetSinkRotate", "log.SetSinkRotateTime");

    private EveryFunction() {}

    /** {@return the directives for all plugins} */
    static String directives() {
        var directives = new StringBuilder();
        for (var plugin : plugins()) {
            directives.append("plugin \"").append(plugin.path()).append("\";\n");
        }
        return directives.toString();
    }

    /**
     * {@return a statement for each function that calls it}
     *
     * @param callback the name of a callback for functions that take one
     * @param endpoint an id for functions that take one
     */
    static List<String> calls(String callback, int endpoint) {
        var calls = new ArrayList<String>();
        for (var plugin : plugins()) {
            for (var function : plugin.functions()) {
                String name = function.global() ? function.name() : plugin.namespace() + "." + function.name();
                if (!LEFT_OUT.contains(name)) {
                    calls.add(name + "(" + arguments(function, callback, endpoint) + ");");
                }
            }
        }
        return calls;
    }

    private static List<PluginDescriptor> plugins() {
        var catalog = new BundledPlugins();
        return catalog.libraries().stream()
                .map(library -> catalog.find(library).orElseThrow())
                .toList();
    }

    private static String arguments(FunctionDeclaration function, String callback, int endpoint) {
        var arguments = new ArrayList<String>();
        for (var parameter : function.parameters()) {
            String argument = argument(parameter, callback, endpoint);
            if (!argument.isEmpty()) {
                arguments.add(argument);
            }
        }
        return String.join(", ", arguments);
    }

    private static String argument(ParameterDeclaration parameter, String callback, int endpoint) {
        return switch (parameter.kind()) {
            case INT, LONG ->
                parameter.name().endsWith("serverId") || parameter.name().endsWith("clientId")
                        ? Integer.toString(endpoint)
                        : "1";
            case DOUBLE -> "0.5";
            case STRING -> parameter.name().equals("callbackName") ? '"' + callback + '"' : "\"x\"";
            case BLOB -> "$B";
            case INT_REF -> "$i";
            case LONG_REF -> "$l";
            case DOUBLE_REF -> "$d";
            case STRING_REF -> "$s";
            case VARIADIC, VOID -> "";
        };
    }
}

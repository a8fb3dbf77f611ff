package dev.domin.lang.bind;

import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A plugin that is only bound, never called. */
record FakePlugin(
        String namespace, String library, List<String> aliases, String path, List<FunctionDeclaration> functions)
        implements PluginDescriptor {

    static FakePlugin plugin(String namespace, String library, FunctionDeclaration... functions) {
        return new FakePlugin(
                namespace, library, List.of(), "../plugins/" + namespace + "/" + library, List.of(functions));
    }

    static FunctionDeclaration function(String name, Kind result, ParameterDeclaration... parameters) {
        return new FunctionDeclaration(name, false, name, false, List.of(parameters), result);
    }

    static FunctionDeclaration global(String name, Kind result, ParameterDeclaration... parameters) {
        return new FunctionDeclaration(name, true, name, false, List.of(parameters), result);
    }

    static ParameterDeclaration parameter(String name, Kind kind) {
        return new ParameterDeclaration(name, kind, kind.isReference(), "", "");
    }

    static ParameterDeclaration parameter(String name, Kind kind, String defaultValue, String help) {
        return new ParameterDeclaration(name, kind, false, defaultValue, help);
    }

    static ParameterDeclaration changed(String name) {
        return new ParameterDeclaration(name, Kind.BLOB, true, "", "");
    }

    /** The plugins that the tests use; it records which ones were requested. */
    static class Catalog implements PluginCatalog {

        final List<String> asked = new ArrayList<>();

        private final List<FakePlugin> plugins = Arrays.asList(
                new FakePlugin(
                        "print",
                        "PrintPlugin",
                        List.of("builtin:print"),
                        "../plugins/print/PrintPlugin",
                        List.of(global(
                                "printf",
                                Kind.LONG,
                                parameter("format", Kind.STRING),
                                parameter("values", Kind.VARIADIC)))),
                plugin(
                        "callbackudpserver",
                        "CallbackUdpServerPlugin",
                        function(
                                "Open",
                                Kind.LONG,
                                parameter("callbackName", Kind.STRING),
                                parameter(
                                        "timeoutMs",
                                        Kind.LONG,
                                        "",
                                        "-1 waits without end; other values are milliseconds"),
                                parameter("port", Kind.INT, "0", "")),
                        function("Close", Kind.LONG, parameter("serverId", Kind.LONG)),
                        function("Port", Kind.INT, parameter("serverId", Kind.LONG)),
                        function("OpenCount", Kind.LONG)),
                plugin("asyncmeta", "AsyncMetaPlugin", function("RouteStateOpen", Kind.INT)),
                plugin(
                        "blob",
                        "BlobPlugin",
                        function("FromText", Kind.BLOB, parameter("text", Kind.STRING)),
                        function("SetInt", Kind.VOID, changed("target"), parameter("value", Kind.LONG))),
                new FakePlugin(
                        "blob",
                        "builtin:blob",
                        List.of(),
                        "builtin:blob",
                        List.of(function("Overflow", Kind.INT, parameter("blob", Kind.BLOB)))),
                plugin(
                        "abi",
                        "AbiPlugin",
                        function("Int", Kind.INT, parameter("x", Kind.INT)),
                        function("Float", Kind.DOUBLE, parameter("x", Kind.DOUBLE, "0.5", "")),
                        function("Text", Kind.STRING, parameter("x", Kind.STRING, "\"a\\\"b\"", "")),
                        function("Refs", Kind.VOID, parameter("i", Kind.INT_REF), parameter("l", Kind.LONG_REF)),
                        function("More", Kind.VOID, parameter("d", Kind.DOUBLE_REF), parameter("s", Kind.STRING_REF))),
                plugin("timer", "TimerPlugin", function("SleepMs", Kind.VOID, parameter("ms", Kind.LONG))));

        @Override
        public Optional<PluginDescriptor> find(String library) {
            asked.add(library);
            for (var plugin : plugins) {
                if (plugin.library().equals(library) || plugin.aliases().contains(library)) {
                    return Optional.of(plugin);
                }
            }
            return Optional.empty();
        }

        @Override
        public List<String> libraries() {
            return plugins.stream().map(FakePlugin::library).sorted().toList();
        }
    }

    @Override
    public String className() {
        return "test." + library;
    }

    @Override
    public String doc() {
        return "";
    }

    @Override
    public List<FunctionDoc> docs() {
        return List.of();
    }

    @Override
    public Class<? extends Plugin> pluginClass() {
        throw new UnsupportedOperationException("the binder needs no class");
    }

    @Override
    public Plugin create() {
        throw new UnsupportedOperationException("the binder needs no instance");
    }
}

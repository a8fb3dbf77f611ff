package dev.domin.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.FunctionDoc;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that every function of every plugin is declared and documented completely. */
class BundledPluginsTest {

    private static final PluginCatalog CATALOG = new BundledPlugins();

    static List<PluginDescriptor> plugins() {
        return CATALOG.libraries().stream()
                .map(library -> CATALOG.find(library).orElseThrow())
                .toList();
    }

    static List<Page> pages() {
        List<Page> pages = new ArrayList<>();
        for (var plugin : plugins()) {
            for (var doc : plugin.docs()) {
                pages.add(new Page(plugin, doc));
            }
        }
        return pages;
    }

    @Test
    void shouldHaveTheBundledPlugins() {
        assertThat(CATALOG.libraries())
                .isSorted()
                .contains(
                        "AsyncMetaPlugin",
                        "BlobPlugin",
                        "MapPlugin",
                        "PrintPlugin",
                        "StrPlugin",
                        "TimerPlugin",
                        "builtin:blob",
                        "builtin:os",
                        "builtin:string");
        assertThat(CATALOG.find("builtin:print").orElseThrow().library()).isEqualTo("PrintPlugin");
        assertThat(CATALOG.find("NoSuchPlugin")).isEmpty();
    }

    @Test
    void shouldProvideTheCatalogAsAService() {
        assertThat(BundledPlugins.class.getModule().getDescriptor().provides()).anySatisfy(service -> {
            assertThat(service.service()).isEqualTo(PluginCatalog.class.getName());
            assertThat(service.providers()).containsExactly(BundledPlugins.class.getName());
        });
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldExplainEveryPlugin(PluginDescriptor plugin) {
        assertThat(plugin.doc()).endsWith(".").doesNotContain("\n").hasSizeGreaterThan(20);
        assertThat(plugin.functions()).isNotEmpty();
        assertThat(plugin.create()).isInstanceOf(plugin.pluginClass());
        assertThat(plugin.className()).isEqualTo(plugin.pluginClass().getName());
        if (plugin.library().startsWith("builtin:")) {
            assertThat(plugin.library()).isEqualTo("builtin:" + plugin.namespace());
        } else {
            assertThat(plugin.path()).startsWith("../plugins/").endsWith("/" + plugin.library());
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void shouldDeclareMethodsThatScriptsCanBeLinkedTo(PluginDescriptor plugin) {
        var pluginClass = plugin.pluginClass();
        var methods = new HashSet<String>();
        for (var method : pluginClass.getMethods()) {
            methods.add(method.getName() + descriptorOf(method));
        }
        assertThat(pluginClass.getModule().isExported(pluginClass.getPackageName()))
                .isTrue();
        for (var function : plugin.functions()) {
            assertThat(methods).contains(function.method() + function.descriptor());
        }
    }

    @Test
    void shouldNameEveryFunctionOnceInItsNamespace() {
        var owners = new HashMap<String, String>();
        for (var plugin : plugins()) {
            for (var function : plugin.functions()) {
                String name = plugin.namespace() + "." + function.name();
                assertThat(owners.put(name, plugin.library())).as(name).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldExplainEveryFunction(Page page) {
        var doc = page.doc;
        var function = page.function();
        assertThat(doc.doc()).as("doc").endsWith(".").doesNotContain("\n");
        assertThat(doc.parameters()).hasSameSizeAs(function.parameters());
        for (int i = 0; i < doc.parameters().size(); i++) {
            assertThat(doc.parameters().get(i)).as("parameter %d", i + 1).endsWith(".");
            assertThat(function.parameters().get(i).name()).matches("[a-z][A-Za-z0-9]*");
        }
        if (function.result() != Kind.VOID) {
            assertThat(doc.returns()).as("returns").endsWith(".");
        }
        if (!doc.errors().isEmpty()) {
            assertThat(doc.errors()).as("errors").endsWith(".");
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldHaveAnExampleForEveryFunction(Page page) {
        String call = page.plugin.namespace() + "." + page.doc.name() + "(";
        String global = page.function().global() ? page.doc.name() + "(" : call;
        assertThat(page.doc.example()).containsAnyOf(call, global);
        if (!page.doc.output().isEmpty()) {
            assertThat(page.doc.example()).contains("printf(");
            assertThat(page.doc.output()).endsWith("\n");
        }
    }

    private static String descriptorOf(Method method) {
        var descriptor = new StringBuilder("(");
        for (var parameter : method.getParameterTypes()) {
            descriptor.append(parameter.descriptorString());
        }
        return descriptor
                .append(')')
                .append(method.getReturnType().descriptorString())
                .toString();
    }

    record Page(PluginDescriptor plugin, FunctionDoc doc) {

        FunctionDeclaration function() {
            for (var function : plugin.functions()) {
                if (function.name().equals(doc.name())) {
                    return function;
                }
            }
            throw new AssertionError(plugin.namespace() + " has a page but no declaration of " + doc.name());
        }

        @Override
        public String toString() {
            return plugin.namespace() + "." + doc.name();
        }
    }
}

package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.Script;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a run, plugins hold no data of the script, although they can still be reachable. */
@Timeout(60)
class AfterTheRunTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void shouldReleaseTheDataOfTheScript() throws InterruptedException {
        var catalog = new KeepingCatalog(Plugins.installed());
        var script = Script.compile(new SourceFile("full.dom", """
                plugin "../plugins/map/MapPlugin";
                plugin "../plugins/json/JsonPlugin";
                plugin "../plugins/str/StrPlugin";
                plugin "../plugins/blob/BlobPlugin";
                plugin "../plugins/script_state/ScriptStatePlugin";
                i32 main() {
                    blob $B[8388608];
                    map.Create("m", 10);
                    map.PutBlob("m", "8 MB", $B);
                    script_state.Allocate(8388608);
                    string $a = str.Repeat("abcdefgh", 1048576);
                    json.AppendString(json.NewArray(), "", $a);
                    return(str.SplitCount($a, "d") > 0);
                }
                """), catalog);
        long before = usedBytes();
        assertThat(script.start().await()).isEqualTo(1);
        assertThat(catalog.plugins).hasSize(5);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(usedBytes() - before).isLessThan(4 * MEGABYTE));
        assertThat(catalog.plugins).as("still reachable").hasSize(5);
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Keeps each plugin that it creates. */
    private record KeepingCatalog(PluginCatalog installed, List<Object> plugins) implements PluginCatalog {

        KeepingCatalog(PluginCatalog installed) {
            this(installed, new ArrayList<>());
        }

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return installed.find(library).map(this::keeping);
        }

        @Override
        public List<String> libraries() {
            return installed.libraries();
        }

        private PluginDescriptor keeping(PluginDescriptor descriptor) {
            return (PluginDescriptor) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {PluginDescriptor.class}, (_, method, arguments) -> {
                        try {
                            Object result = method.invoke(descriptor, arguments);
                            if (method.getName().equals("create")) {
                                plugins.add(result);
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}

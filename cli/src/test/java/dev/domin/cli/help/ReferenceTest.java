package dev.domin.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.spi.Blob;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages of plugins that are not part of domin. */
class ReferenceTest {

    private static final PluginCatalog CATALOG = new PluginCatalog() {

        private final List<PluginDescriptor> plugins =
                List.of(ReflectedPlugin.of(Gauge.class), ReflectedPlugin.of(OtherGauge.class));

        @Override
        public Optional<PluginDescriptor> find(String library) {
            return plugins.stream()
                    .filter(plugin -> plugin.library().equals(library))
                    .findFirst();
        }

        @Override
        public List<String> libraries() {
            return plugins.stream().map(PluginDescriptor::library).toList();
        }
    };

    private final Reference reference = new Reference(CATALOG);

    @Test
    void shouldGivePluginsOfOneNamespaceAPageEach() {
        assertThat(reference.files(List.of()))
                .containsOnlyKeys("README.md", "my_gauge-GaugePlugin.md", "my_gauge-OtherGaugePlugin.md");
    }

    @Test
    void shouldEscapeMarkdownInTexts() {
        assertThat(markdown("GaugePlugin"))
                .contains("Reads a\\*b\\*c, \\[x\\] and \\_y at my_gauge, `a|b*` and \\<tags>; a lone \\` too.")
                .contains("| bars: one \\| two, `three\\|four`. |")
                .contains("](#my_gaugeread)");
    }

    @Test
    void shouldPutOnlyNeededLinesBeforeExamples() {
        assertThat(markdown("GaugePlugin")).contains("""
                **Before each example:**

                ```dom
                plugin "OtherGaugePlugin";
                plugin "../plugins/gauge/GaugePlugin";

                callback i32 OnPacket(ref blob $X) { return(1); }
                ```
                """);
        assertThat(markdown("OtherGaugePlugin")).contains("""
                **Before each example:**

                ```dom
                plugin "OtherGaugePlugin";
                ```
                """);
    }

    @Test
    void shouldSayWhenAnOutputIsDifferentEachTime() {
        assertThat(markdown("OtherGaugePlugin"))
                .contains("my_gauge.Now();\nprintf(\"%d\\n\", 1);\n```\n\n**Output:** Differs from run to run.\n");
        assertThat(PlainText.render(reference.find("my_gauge.Quiet"))).endsWith("example:\n  my_gauge.Quiet();\n");
    }

    @Test
    void shouldShowTheDirectiveWhenThereIsNoExample() {
        assertThat(PlainText.render(reference.find("my_gauge.Set"))).isEqualTo("""
                        my_gauge.Set(ref blob target, double value = 0.5) -> void

                        Sets it.

                        parameters:
                          target  (ref blob)
                              What to set.
                          value  (double)
                              The value. Default: `0.5`.

                        directive:
                          plugin "OtherGaugePlugin";
                        """);
    }

    private String markdown(String library) {
        return reference.files(List.of(library)).values().stream()
                .map(Markdown::render)
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    /** Uses a plugin of the same name in an example. */
    @ScriptPlugin(
            namespace = "my_gauge",
            library = "GaugePlugin",
            path = "../plugins/gauge/GaugePlugin",
            doc = "Reads a*b*c, [x] and _y at my_gauge, `a|b*` and <tags>; a lone ` too.")
    public static final class Gauge implements Plugin {

        /** Creates it. */
        public Gauge() {}

        /**
         * Reads.
         *
         * @param bars which
         * @return its value
         */
        @ScriptFunction(
                name = "Read",
                doc = "Reads it.",
                returns = "A value.",
                example = "my_gauge.Now();\nmy_gauge.Read(\"OnPacket\");",
                output = "1\n")
        public long read(@Param(value = "bars", doc = "bars: one | two, `three|four`.") String bars) {
            return bars.length();
        }
    }

    /** Shares the namespace. */
    @ScriptPlugin(namespace = "my_gauge", library = "OtherGaugePlugin", doc = "Another.")
    public static final class OtherGauge implements Plugin {

        /** Creates it. */
        public OtherGauge() {}

        /** Now. */
        @ScriptFunction(
                name = "Now",
                doc = "Does it.\n  Now.",
                example = "my_gauge.Now();\nprintf(\"%d\\n\", 1);",
                output = "")
        public void now() {}

        /** Quiet. */
        @ScriptFunction(name = "Quiet", doc = "Does nothing.", example = "my_gauge.Quiet();")
        public void quiet() {}

        /**
         * Sets.
         *
         * @param target what
         * @param value to what
         */
        @ScriptFunction(name = "Set", doc = "Sets it.")
        public void set(
                @Param(value = "target", doc = "What to set.", byRef = true) Blob target,
                @Param(value = "value", doc = "The value.", defaultValue = "0.5") double value) {}
    }
}

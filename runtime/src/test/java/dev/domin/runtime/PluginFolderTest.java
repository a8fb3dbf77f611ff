package dev.domin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in the jars of a folder, valid and invalid. */
class PluginFolderTest {

    private static final String PLUGIN = """
            package NAME;

            import dev.domin.spi.*;

            @ScriptPlugin(namespace = "NAME", library = "LIBRARY", aliases = "builtin:NAME", doc = "For tests.")
            public class ThePlugin implements Plugin {
                @ScriptFunction(name = "Answer", doc = "Answers.", returns = "A number.")
                public int answer() {
                    return 42;
                }
            }
            """;

    private static final String DESCRIPTOR = """
            package NAME;

            import dev.domin.spi.*;
            import dev.domin.spi.descriptor.*;
            import java.util.List;

            public class ThePluginDescriptor implements PluginDescriptor {
                private final PluginDescriptor reflected = ReflectedPlugin.of(ThePlugin.class);
                public String namespace() { return reflected.namespace(); }
                public String library() { return reflected.library(); }
                public List<String> aliases() { return reflected.aliases(); }
                public String path() { return reflected.path(); }
                public String className() { return reflected.className(); }
                public List<FunctionDeclaration> functions() { return reflected.functions(); }
                public String doc() { return "Written by the processor."; }
                public List<FunctionDoc> docs() { return reflected.docs(); }
                public Class<? extends Plugin> pluginClass() { return reflected.pluginClass(); }
                public Plugin create() { return reflected.create(); }
            }
            """;

    @TempDir
    Path folder;

    @TempDir
    Path classes;

    @Test
    void shouldRunAPluginThatIsDeclaredAsAService() throws Exception {
        compile(plugin("one", "OnePlugin"));
        jar("one.jar", "one/ThePlugin.class", service("one.ThePlugin  # the one and only"));

        assertThat(run("plugin \"builtin:one\"; i32 main() { return one.Answer(); }"))
                .isEqualTo(42);
        assertThat(catalog().find("OnePlugin").orElseThrow().doc()).isEqualTo("For tests.");
    }

    @Test
    void shouldRunAPluginThatOnlyItsModuleDeclares() throws Exception {
        compile(
                plugin("two", "TwoPlugin"),
                "module two { requires dev.domin.spi; provides dev.domin.spi.Plugin with two.ThePlugin; }");
        jar("two.jar", "two/ThePlugin.class", "module-info.class");

        assertThat(run("plugin \"../x/TwoPlugin\"; i32 main() { return two.Answer(); }"))
                .isEqualTo(42);
    }

    @Test
    void shouldUseTheDescriptorThatTheProcessorWrote() throws Exception {
        compile(plugin("one", "OnePlugin"), DESCRIPTOR.replace("NAME", "one"));
        jar("one.jar", "one/ThePlugin.class", "one/ThePluginDescriptor.class", service("one.ThePlugin"));

        assertThat(catalog().find("OnePlugin").orElseThrow().doc()).isEqualTo("Written by the processor.");
        assertThat(run("plugin \"OnePlugin\"; i32 main() { return one.Answer(); }"))
                .isEqualTo(42);
    }

    @Test
    void shouldReportADefectiveJarOnlyWhenAPluginIsMissing() throws Exception {
        compile(plugin("one", "OnePlugin"));
        jar("one.jar", "one/ThePlugin.class", service("one.ThePlugin"));
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");

        assertThat(run("plugin \"OnePlugin\"; i32 main() { return one.Answer(); }"))
                .isEqualTo(42);
        assertThat(catalog().libraries()).containsExactly("OnePlugin");
        assertThatThrownBy(() -> catalog().find("OtherPlugin"))
                .isInstanceOf(UnusablePluginException.class)
                .hasMessageStartingWith("there is no usable plugin `OtherPlugin`; " + folder.resolve("broken.jar")
                        + " cannot be read as a jar: ");
    }

    @Test
    void shouldSayWhatIsWrongWithAClass() throws Exception {
        compile(plugin("one", "OnePlugin"), plugin("nameless", ""));
        jar("a.jar", service("gone.ThePlugin"));
        assertThat(problem()).contains("a.jar: gone.ThePlugin was not found, although it is declared as a plugin");
        jar("a.jar", "nameless/ThePlugin.class", service("nameless.ThePlugin"));
        assertThat(problem()).contains("a.jar: nameless.ThePlugin: library \"\" is neither a name");
        jar("a.jar", service("java.lang.String"));
        assertThat(problem()).contains("a.jar: java.lang.String does not implement dev.domin.spi.Plugin");
        byte[] newer = Files.readAllBytes(classes.resolve("one/ThePlugin.class"));
        newer[7] = 120; // the class file's version
        Files.write(classes.resolve("one/ThePlugin.class"), newer);
        jar("a.jar", "one/ThePlugin.class", service("one.ThePlugin"));
        assertThat(problem()).contains("a.jar: one.ThePlugin was compiled for a newer Java than this one, which is ");
        newer[0] = 0;
        Files.write(classes.resolve("one/ThePlugin.class"), newer);
        jar("a.jar", "one/ThePlugin.class", service("one.ThePlugin"));
        assertThat(problem()).contains("a.jar: one.ThePlugin cannot be loaded: java.lang.ClassFormatError");
        Files.writeString(classes.resolve("module-info.class"), "nothing");
        jar("a.jar", "module-info.class");
        assertThat(problem()).contains("a.jar has a module-info.class that cannot be read");
    }

    @Test
    void shouldSayWhichClassAPluginLacks() throws Exception {
        compile(
                plugin("one", "OnePlugin").replace("implements Plugin {", "extends helper.Base implements Plugin {"),
                "package helper; public class Base {}");
        jar("one.jar", "one/ThePlugin.class", service("one.ThePlugin"));
        assertThat(problem())
                .contains("one.jar: one.ThePlugin needs helper.Base, which was not found; put the jar that contains it"
                        + " next to");

        jar("helper.jar", "helper/Base.class");
        assertThat(run("plugin \"OnePlugin\"; i32 main() { return one.Answer(); }"))
                .isEqualTo(42);
    }

    @Test
    void shouldRejectAPluginThatIsInTwoJars() throws Exception {
        compile(plugin("one", "SamePlugin"), plugin("two", "SamePlugin"), plugin("three", "ThreePlugin"));
        jar("one.jar", "one/ThePlugin.class", service("one.ThePlugin"));
        jar("two.jar", "two/ThePlugin.class", service("two.ThePlugin"));
        jar("three.jar", "three/ThePlugin.class", service("three.ThePlugin"));

        assertThat(catalog().libraries()).containsExactly("ThreePlugin");
        assertThatThrownBy(() -> run("plugin \"SamePlugin\"; void main() {}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.diagnostics().getFirst().message())
                                .isEqualTo("there are two plugins `SamePlugin`: one.ThePlugin in "
                                        + folder.resolve("one.jar") + " and two.ThePlugin in "
                                        + folder.resolve("two.jar")));
        assertThat(run("plugin \"ThreePlugin\"; i32 main() { return three.Answer(); }"))
                .isEqualTo(42);
    }

    @Test
    void shouldNotOpenTheFolderForAPluginOfAnEarlierCatalog() throws Exception {
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");
        compile(plugin("one", "OnePlugin"));
        var other = Files.createDirectory(folder.resolve("other"));
        jar("other/one.jar", "one/ThePlugin.class", service("one.ThePlugin"));

        var both = Plugins.inOrder(Plugins.inDirectory(other), catalog());

        assertThat(both.find("OnePlugin")).isPresent();
        assertThat(both.libraries()).containsExactly("OnePlugin");
    }

    private PluginCatalog catalog() throws IOException {
        return Plugins.inDirectory(folder);
    }

    private String problem() throws IOException {
        try {
            catalog().find("WantedPlugin");
            return "";
        } catch (UnusablePluginException e) {
            return e.getMessage();
        }
    }

    private int run(String script) throws IOException, InterruptedException {
        var source = new SourceFile("test.dom", script);
        var options = RunOptions.builder()
                .out(OutputStream.nullOutputStream())
                .listener(new Silent())
                .build();
        return Script.compile(source, catalog()).start(options).await();
    }

    private static String plugin(String name, String library) {
        return PLUGIN.replace("NAME", name).replace("LIBRARY", library);
    }

    private static String service(String line) {
        return "META-INF/services/dev.domin.spi.Plugin=" + line;
    }

    private void compile(String... sources) throws IOException, URISyntaxException {
        var arguments = new ArrayList<String>();
        for (var source : sources) {
            int start = source.indexOf("class ") + "class ".length();
            var name =
                    source.startsWith("module ") ? "module-info" : source.substring(start, source.indexOf(' ', start));
            var file = classes.resolve(
                    source.startsWith("package ")
                            ? source.substring("package ".length(), source.indexOf(';')) + "/" + name + ".java"
                            : name + ".java");
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source).toString());
        }
        var spi = Path.of(Plugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        boolean isModule = sources[sources.length - 1].startsWith("module ");
        arguments.addAll(List.of("-d", classes.toString(), isModule ? "-p" : "-cp", spi, "-proc:none"));
        var errors = new StringWriter();
        var out = new PrintWriter(errors);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(new String[0]));
        assertThat(status).as(errors.toString()).isZero();
    }

    /** Packs files of the compilation, and others that are given as {@code NAME=TEXT}. */
    private void jar(String name, String... entries) throws IOException {
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            for (var entry : entries) {
                int text = entry.indexOf('=');
                jar.putNextEntry(new JarEntry(text < 0 ? entry : entry.substring(0, text)));
                jar.write(
                        text < 0
                                ? Files.readAllBytes(classes.resolve(entry))
                                : entry.substring(text + 1).getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    private static final class Silent implements RunListener {

        @Override
        public void failed(Failure failure) {}

        @Override
        public void failedAgain(Failure failure, int count) {}

        @Override
        public void warned(String sentence) {}
    }
}

package dev.domin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.spi.Plugin;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.PluginCatalog;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.ReflectedPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginProcessorTest {

    private static final String SAMPLE = """
            package sample;

            import dev.domin.spi.*;

            /** A sample. */
            @ScriptPlugin(namespace = "sample", library = "SamplePlugin", aliases = "builtin:sample",
                    path = "../plugins/sample/SamplePlugin", doc = "Shows \\"quotes\\", \\\\ and gr\\u00fc\\u00dfe.")
            public final class SamplePlugin implements Plugin {

                /** Creates it. */
                public SamplePlugin() {}

                /** Zips. */
                @ScriptFunction(name = "Zip", aliases = {"zip", "ZIP"}, doc = "Zips.", returns = "The sum.", errors = "Never.",
                        example = "printf(\\"%d\\\\n\\", sample.Zip(1));", output = "1", global = true, beyond = true)
                public static long zip(
                        @Param(value = "left", doc = "Left.", min = 1, help = "a number") int left,
                        @Param(value = "right", doc = "Right.", defaultValue = "-1", min = -1, max = 9) long right,
                        @Param(value = "scale", doc = "Scale.", defaultValue = "0.5") double scale,
                        @Param(value = "name", doc = "Name.", defaultValue = "\\"x\\\\n\\"", callback = true,
                                check = Short.class) String name) {
                    return left + right;
                }

                /** Checks. */
                public static final class Short implements ArgumentCheck {
                    /** Creates it. */
                    public Short() {}

                    @Override
                    public void check(String argument, Object... further) {}
                }

                /** Aches. */
                @ScriptFunction(name = "Ache", doc = "Aches.")
                public void ache(
                        @Param(value = "b", doc = "B.", byRef = true) Blob b,
                        @Param(value = "c", doc = "C.") Blob c,
                        @Param(value = "i", doc = "I.") IntRef i,
                        @Param(value = "l", doc = "L.") LongRef l,
                        @Param(value = "d", doc = "D.") DoubleRef d,
                        @Param(value = "s", doc = "S.") StringRef s,
                        @Param(value = "more", doc = "More.") Object... more) {}

                /** Gives a blob. */
                @ScriptFunction(name = "Bits", doc = "Gives a blob.", returns = "The blob.")
                public Blob bits() {
                    return new Blob();
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void shouldDescribeAPluginAsReflectionDoes() throws Exception {
        var compiled = Compilation.of(folder, List.of(), SAMPLE);
        assertThat(compiled.errors()).isEmpty();
        assertThat(compiled.successful()).isTrue();

        var pluginClass = compiled.load("sample.SamplePlugin").asSubclass(Plugin.class);
        var written = (PluginDescriptor) pluginClass
                .getClassLoader()
                .loadClass("sample.SamplePluginDescriptor")
                .getConstructor()
                .newInstance();
        var reflected = ReflectedPlugin.of(pluginClass);

        assertThat(written.functions()).isEqualTo(reflected.functions());
        assertThat(written.docs()).isEqualTo(reflected.docs());
        assertThat(written.argumentRules()).isEqualTo(reflected.argumentRules()).hasSize(9);
        assertThat(written.argumentRules())
                .filteredOn(each -> each.function().equals("zip"))
                .extracting(each -> each.parameter() + " " + each.range() + " " + each.callback() + " "
                        + each.check().getSimpleName())
                .containsExactly("0 1 or more false ArgumentCheck", "1 -1 to 9 false ArgumentCheck", "3  true Short");
        assertThat(List.of(written.namespace(), written.library(), written.path(), written.className(), written.doc()))
                .isEqualTo(List.of(
                        reflected.namespace(),
                        reflected.library(),
                        reflected.path(),
                        reflected.className(),
                        reflected.doc()));
        assertThat(written.aliases()).isEqualTo(reflected.aliases()).containsExactly("builtin:sample");
        assertThat(written.pluginClass()).isSameAs(reflected.pluginClass()).isSameAs(pluginClass);
        assertThat(written.create()).isInstanceOf(pluginClass).isNotSameAs(written.create());
        assertThat(reflected.create()).isInstanceOf(pluginClass).isNotSameAs(reflected.create());
    }

    @Test
    void shouldDeclareWhatTheAnnotationsSay() throws Exception {
        var descriptor = (PluginDescriptor) Compilation.of(folder, List.of(), SAMPLE)
                .load("sample.SamplePluginDescriptor")
                .getConstructor()
                .newInstance();

        assertThat(descriptor.doc()).isEqualTo("Shows \"quotes\", \\ and grüße.");
        assertThat(descriptor.functions()).extracting("name").containsExactly("Zip", "zip", "ZIP", "Ache", "Bits");
        var zip = descriptor.functions().getFirst();
        assertThat(zip.isStatic()).isTrue();
        assertThat(zip.global()).isTrue();
        assertThat(zip.minimumArguments()).isEqualTo(1);
        assertThat(zip.descriptor()).isEqualTo("(IJDLjava/lang/String;)J");
        assertThat(zip.parameters().get(3).defaultValue()).isEqualTo("\"x\\n\"");
        var ache = descriptor.functions().get(3);
        assertThat(ache.isVariadic()).isTrue();
        assertThat(ache.result()).isEqualTo(Kind.VOID);
        assertThat(ache.parameters()).extracting("byRef").containsExactly(true, false, true, true, true, true, false);
        assertThat(descriptor.docs()).extracting("name").containsExactly("Zip", "Ache", "Bits");
        assertThat(descriptor.docs().getFirst().parameters()).containsExactly("Left.", "Right.", "Scale.", "Name.");
        assertThat(descriptor.docs().getFirst().beyond()).isTrue();
    }

    @Test
    void shouldAddThePluginToTheServicesInTheFile() throws Exception {
        var file = folder.resolve("META-INF/services/dev.domin.spi.Plugin");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "# by hand\njava.lang.String # is a class at least\nsample.LongGone\n");

        assertThat(Compilation.of(folder, List.of(), SAMPLE).successful()).isTrue();

        assertThat(Files.readAllLines(file)).containsExactly("java.lang.String", "sample.SamplePlugin");
    }

    @Test
    void shouldRegisterTheCatalogInsteadOfItsPlugins() throws Exception {
        var compiled = Compilation.of(folder, List.of("-Adomin.catalog=sample.Catalog"), SAMPLE);

        assertThat(compiled.successful()).isTrue();
        assertThat(folder.resolve("META-INF/services/dev.domin.spi.descriptor.PluginCatalog"))
                .hasContent("sample.Catalog\n");
        assertThat(folder.resolve("META-INF/services/dev.domin.spi.Plugin")).doesNotExist();
    }

    @Test
    void shouldFindPluginsInTheCatalogByEveryName() throws Exception {
        var compiled = Compilation.of(
                folder, List.of("-Adomin.catalog=sample.all.Plugins"), SAMPLE, plugin("AnotherPlugin", "another"));
        assertThat(compiled.errors()).isEmpty();

        var catalog = (PluginCatalog)
                compiled.load("sample.all.Plugins").getConstructor().newInstance();

        assertThat(catalog.libraries()).containsExactly("AnotherPlugin", "SamplePlugin");
        assertThat(catalog.find("SamplePlugin").orElseThrow().namespace()).isEqualTo("sample");
        assertThat(catalog.find("builtin:sample").orElseThrow().library()).isEqualTo("SamplePlugin");
        assertThat(catalog.find("AnotherPlugin").orElseThrow().namespace()).isEqualTo("another");
        assertThat(catalog.find("NoPlugin")).isEmpty();
    }

    @Test
    void shouldRefuseTwoPluginsOfOneLibrary() {
        var compiled = Compilation.of(
                folder,
                List.of(),
                SAMPLE,
                plugin("OtherPlugin", "other").replace("\"OtherPlugin\"", "\"SamplePlugin\""));

        assertThat(compiled.errors())
                .containsExactly("sample.OtherPlugin: library \"SamplePlugin\" is also that of sample.SamplePlugin");
    }

    @Test
    void shouldRefuseAFunctionOutsideAPlugin() {
        var compiled = Compilation.of(folder, List.of(), """
                package sample;
                import dev.domin.spi.*;
                public class Stray {
                    @ScriptFunction(name = "Go", doc = "Goes.") public void go() {}
                }
                """);

        assertThat(compiled.errors())
                .containsExactly(
                        "sample.Stray.go: @ScriptFunction has an effect only in a class with " + "@ScriptPlugin");
    }

    @Test
    void shouldLetTheCompilerReportAMissingValue() {
        var compiled = Compilation.of(folder, List.of(), """
                package sample;
                import dev.domin.spi.*;
                @ScriptPlugin(namespace = "half", library = "HalfPlugin")
                public class HalfPlugin implements Plugin {}
                """);

        assertThat(compiled.errors())
                .hasSize(1)
                .first()
                .asString()
                .contains("missing a default value")
                .contains("doc");
    }

    @Test
    void shouldRefuseACatalogWithoutAPackage() {
        var compiled = Compilation.of(folder, List.of("-Adomin.catalog=Plugins"), SAMPLE);

        assertThat(compiled.errors())
                .containsExactly(
                        "-Adomin.catalog=Plugins is not the full name of a class, such as org.example.Plugins");
    }

    /** The members of a class {@code p.BadPlugin}, and the message that the processor and reflection give for it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 1000, textBlock = """
            @ScriptFunction(name = "F", doc = "D.") void f() {}                                    | .f: a function's method must be public
            @ScriptFunction(name = "F", doc = " ") public void f() {}                              | .f: doc is empty
            @ScriptFunction(name = "F", doc = "D.") public int f() { return 1; }                   | .f: returns is empty
            @ScriptFunction(name = "F", doc = "D.", output = "x") public void f() {}               | .f: there is an output without the example
            @ScriptFunction(name = "F-G", doc = "D.") public void f() {}                           | .f: "F-G" is not a name for a function
            @ScriptFunction(name = "F", aliases = "1", doc = "D.") public void f() {}              | .f: "1" is not a name for a function
            @ScriptFunction(name = "F", aliases = "F", doc = "D.") public void f() {}              | .f: the name F is used twice in this plugin, first by f
            @ScriptFunction(name = "F", doc = "D.", returns = "R.") public boolean f() { return true; } | .f: the result is boolean, but scripts have only void, int, long
            @ScriptFunction(name = "F", doc = "D.") public void f(int a) {}                        | .f: parameter 1 has no @Param
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.") java.util.List<String> a) {} | .f: parameter 1 (a) is java.util.List, but scripts have only
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "") int a) {} | .f: parameter 1 (a) has an empty doc
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a b", doc = "A.") int a) {} | .f: parameter 1 (a b) has an invalid name
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.") int a, @Param(value = "a", doc = "A.") int b) {} | .f: parameter 2 (a) has the name of an earlier one
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.") Object[] a) {} | .f: parameter 1 (a) takes any number of arguments, so it must be the last, written Object...
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.") Object[] a, @Param(value = "b", doc = "B.") int b) {} | .f: parameter 1 (a) takes any number of arguments
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "1") int a, @Param(value = "b", doc = "B.") int b) {} | .f: parameter 2 (b) is required but comes after a, which is optional
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", byRef = true) int a) {} | .f: parameter 1 (a) is byRef, which only a Blob can be
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "x") int a) {} | .f: parameter 1 (a) has the default value x, but it must be an int
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "2147483648") int a) {} | .f: parameter 1 (a) has the default value 2147483648, but it must be an int
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "010") long a) {} | .f: parameter 1 (a) has the default value 010, but it must be an int
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "NaN") double a) {} | .f: parameter 1 (a) has the default value NaN, but it must be a double
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "x") String a) {} | .f: parameter 1 (a) has the default value x, but it must be a string in double quotes
            @ScriptFunction(name = "F", doc = "D.") public void f(@Param(value = "a", doc = "A.", defaultValue = "0") Blob a) {} | .f: parameter 1 (a) has the default value 0, but an argument of type blob
            public void f() {}                                                                     | : no method has @ScriptFunction
            public BadPlugin(int x) {} @ScriptFunction(name = "F", doc = "D.") public void f() {}  | : a plugin class needs a public constructor without parameters
            """)
    void shouldRefuseABadMember(String members, String sentence) throws Exception {
        assertRefused(
                "@ScriptPlugin(namespace = \"bad\", library = \"BadPlugin\", doc = \"Bad.\")",
                "public class BadPlugin implements Plugin",
                members,
                sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            namespace = "a.b", library = "BadPlugin", doc = "B."                         | : namespace "a.b" is not a name
            namespace = "", library = "BadPlugin", doc = "B."                            | : namespace "" is not a name
            namespace = "b", library = "../BadPlugin", doc = "B."                        | : library "../BadPlugin" is neither a name
            namespace = "b", library = "builtin:", doc = "B."                            | : library "builtin:" is neither a name
            namespace = "b", library = "BadPlugin", aliases = "BadPlugin", doc = "B."    | : alias "BadPlugin" is given twice
            namespace = "b", library = "BadPlugin", path = "../plugins/Good", doc = "B." | : path "../plugins/Good" must end in the library's name, "BadPlugin"
            namespace = "b", library = "BadPlugin", doc = ""                             | : doc is empty
            """)
    void shouldRefuseABadName(String annotation, String sentence) throws Exception {
        assertRefused(
                "@ScriptPlugin(" + annotation + ")",
                "public class BadPlugin implements Plugin",
                "@ScriptFunction(name = \"F\", doc = \"D.\") public void f() {}",
                sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            class BadPlugin implements Plugin                 | : a plugin class must be public
            public abstract class BadPlugin implements Plugin | : a plugin class must be one that can be instantiated
            """)
    void shouldRefuseABadClass(String header, String sentence) throws Exception {
        assertRefused(
                "@ScriptPlugin(namespace = \"bad\", library = \"BadPlugin\", doc = \"Bad.\")",
                header,
                "public BadPlugin() {} @ScriptFunction(name = \"F\", doc = \"D.\") public void f() {}",
                sentence);
    }

    @Test
    void shouldRefuseAClassThatIsNoPlugin() {
        var compiled =
                Compilation.of(folder, List.of(), plugin("NoPlugin", "no").replace("implements Plugin ", ""));

        assertThat(compiled.errors())
                .containsExactly(
                        "sample.NoPlugin: a class with @ScriptPlugin must implement " + "dev.domin.spi.Plugin");
    }

    @Test
    void shouldFindEveryFaultInOneRun() {
        var compiled = Compilation.of(folder, List.of(), """
                package sample;
                import dev.domin.spi.*;
                @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "")
                public class BadPlugin implements Plugin {
                    @ScriptFunction(name = "F", doc = "") void f(int a, float b) {}
                    @ScriptFunction(name = "F", doc = "D.") public char g() { return 'c'; }
                }
                """);

        assertThat(compiled.errors()).hasSize(7);
    }

    private void assertRefused(String annotation, String header, String members, String sentence) throws Exception {
        var source = "package p;\nimport dev.domin.spi.*;\n" + annotation + "\n" + header + " {\n" + members + "\n}\n";

        assertThat(Compilation.of(folder, List.of(), source).errors())
                .singleElement()
                .asString()
                .startsWith("p.BadPlugin" + sentence);

        var plain = Compilation.of(folder, List.of("-proc:none"), source);
        assertThat(plain.errors()).isEmpty();
        var pluginClass = plain.load("p.BadPlugin").asSubclass(Plugin.class);
        assertThatThrownBy(() -> ReflectedPlugin.of(pluginClass))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("p.BadPlugin" + sentence);
    }

    private static String plugin(String name, String namespace) {
        return """
                package sample;

                import dev.domin.spi.*;

                /** A plugin. */
                @ScriptPlugin(namespace = "NAMESPACE", library = "NAME", doc = "A plugin.")
                public class NAME implements Plugin {

                    /** Creates it. */
                    public NAME() {}

                    /** Goes. */
                    @ScriptFunction(name = "Go", doc = "Goes.")
                    public void go() {}
                }
                """.replace("NAMESPACE", namespace).replace("NAME", name);
    }
}

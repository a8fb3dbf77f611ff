package dev.domin.conformance.fuzz;

import dev.domin.conformance.Project;
import dev.domin.lang.Compiler;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.support.CompiledScript;
import dev.domin.lang.support.LinkingClassLoader;
import dev.domin.spi.Limits;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles any text: it is refused with errors that can be rendered, or the JVM verifies the class. */
final class SourceTarget implements FuzzTarget {

    private static final int LARGEST_SEED = 4_000;

    private final PluginCatalog plugins = new KeptPlugins();

    @Override
    public void run(byte[] data) throws Throwable {
        try {
            var source = SourceFile.read(new ByteArrayInputStream(data), "fuzz.dom");
            if (data.length % 4 == 0) {
                Compiler.check(source, plugins, true, Limits.DEFAULTS);
            }
            verify(Compiler.compile(source, plugins, true, Limits.DEFAULTS));
        } catch (RefusedException refused) {
            for (var error : refused.diagnostics()) {
                check(ErrorRenderer.render(error, false));
            }
        }
    }

    private static void check(String report) {
        boolean hasControls = report.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        if (report.isBlank() || hasControls) {
            throw new AssertionError("not a report for a user: " + report);
        }
    }

    /** Has the JVM verify a class, by initializing it. */
    private static void verify(CompiledScript script) throws ClassNotFoundException {
        Class.forName(script.className(), true, new Loader(script));
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (var folder : List.of("conformance/src/test/resources/conformance", "examples")) {
            try (Stream<Path> files = Files.walk(Project.file(folder))) {
                for (var file : files.filter(each -> each.toString().endsWith(".dom"))
                        .sorted()
                        .toList()) {
                    if (Files.size(file) <= LARGEST_SEED) {
                        seeds.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return seeds;
    }

    @Override
    public List<String> dictionary() {
        var words = new ArrayList<>(List.of(
                "plugin",
                "struct",
                "packet",
                "callback",
                "ref",
                "if",
                "else",
                "while",
                "do",
                "for",
                "switch",
                "case",
                "default",
                "break",
                "continue",
                "return",
                "structsize",
                "void",
                "i32",
                "i64",
                "double",
                "string",
                "blob",
                "i8",
                "u8",
                "i16",
                "u16",
                "u32",
                "f32",
                "u16be",
                "u32be",
                "i64be",
                "assign",
                "main",
                "main()",
                "#define",
                ".Length",
                "++",
                "--",
                ":=",
                "+=",
                "-=",
                "*=",
                "/=",
                "%=",
                "&=",
                "|=",
                "^=",
                "<<=",
                ">>=",
                "<<",
                ">>",
                "||",
                "&&",
                "==",
                "!=",
                "<=",
                ">=",
                "? :",
                "/*",
                "*/",
                "//",
                "\\x41",
                "'c'",
                "0x7fffffff",
                "2147483648",
                "9223372036854775807",
                "9223372036854775808",
                "-2147483648",
                "1e308",
                "0.5",
                "$a",
                "$X",
                "ref blob &S = ",
                "blob $b[4];",
                "string $s[4];",
                "i32 $i;",
                "[0:1]",
                "[:1]",
                "[1:]",
                "(i32)",
                "(i64)",
                "(double)",
                "return(1);",
                "callback i32 F(ref blob $X) {",
                "i32 f(i32 $a, ref string $s) {",
                "printf(\"%d\\n\", ",
                "plugin \"../plugins/print/PrintPlugin\";",
                "\u00e9",
                "\u202e"));
        for (var library : plugins.libraries()) {
            var plugin = plugins.find(library).orElseThrow();
            for (var function : plugin.functions()) {
                words.add((function.global() ? "" : plugin.namespace() + ".") + function.name() + "(");
            }
        }
        return words;
    }

    @Override
    public int rounds() {
        return 600;
    }

    /** Defines the class. Its links stay null, since no code of the script runs. */
    private static final class Loader extends LinkingClassLoader {

        private final CompiledScript script;

        Loader(CompiledScript script) {
            super(SourceTarget.class.getClassLoader());
            this.script = script;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(script.className())) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, script.classFile(), 0, script.classFile().length);
        }

        @Override
        public Object link(int index) {
            return null;
        }
    }
}

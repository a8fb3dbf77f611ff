package dev.domin.processor;

import dev.domin.spi.Plugin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small sources with the processor into a folder; a warning counts as an error. */
record Compilation(boolean successful, List<String> errors, Path folder) {

    static Compilation of(Path folder, List<String> options, String... sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var files = new ArrayList<JavaFileObject>();
        for (var source : sources) {
            files.add(file(source));
        }
        try (var manager = compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            var allOptions = new ArrayList<>(
                    List.of("-d", folder.toString(), "-cp", spi().toString(), "-Xlint:all,-processing", "-Werror"));
            allOptions.addAll(options);
            var task = compiler.getTask(new StringWriter(), manager, diagnostics, allOptions, null, files);
            task.setProcessors(List.of(new PluginProcessor()));
            boolean successful = task.call();
            var errors = new ArrayList<String>();
            for (var diagnostic : diagnostics.getDiagnostics()) {
                errors.add(diagnostic.getMessage(Locale.ROOT));
            }
            return new Compilation(successful, errors, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a compiled class, in its own loader} */
    Class<?> load(String name) throws ReflectiveOperationException, IOException {
        var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Plugin.class.getClassLoader());
        return loader.loadClass(name);
    }

    private static Path spi() {
        try {
            return Path.of(Plugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JavaFileObject file(String source) {
        int start = source.indexOf("class ") + "class ".length();
        var name = source.substring(start, source.indexOf(' ', start));
        var packageFolder = source.startsWith("package ")
                ? source.substring("package ".length(), source.indexOf(';')).replace('.', '/') + "/"
                : "";
        return new SimpleJavaFileObject(
                URI.create("string:///" + packageFolder + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}

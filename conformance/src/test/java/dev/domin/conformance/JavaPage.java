package dev.domin.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The Java code of a page about testing. A block fenced as {@code java} that begins with imports is a file with one
 * class. Another block has methods of the class before it. If a block fenced as {@code output} follows, the test of the
 * block fails with that message; there, as everywhere, ports and times are written as they happen to be.
 */
final class JavaPage {

    private static final Pattern BLOCK =
            Pattern.compile("```java\n(.*?)```\n(?:\n```output\n(.*?)```\n)?", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^(?:final )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("@Test\n\\s*void (\\w+)");

    private final Map<String, StringBuilder> classes = new LinkedHashMap<>(); // by name
    private final Map<String, String> failures = new TreeMap<>(); // messages by class and method
    private final List<String> tests = new ArrayList<>(); // class and method

    private JavaPage() {}

    /** Reads a page. */
    static JavaPage read(String path) throws IOException {
        var page = new JavaPage();
        var blocks = BLOCK.matcher(Files.readString(Project.file(path)));
        String current = "";
        while (blocks.find()) {
            var code = blocks.group(1);
            if (code.startsWith("import ")) {
                var name = CLASS.matcher(code);
                assertThat(name.find()).as("a class in: %s", code).isTrue();
                current = name.group(1);
                page.classes.put(current, new StringBuilder(code));
            } else {
                var text = page.classes.get(current);
                text.insert(text.lastIndexOf("}"), code);
            }
            var methods = TEST.matcher(code);
            while (methods.find()) {
                page.tests.add(current + "." + methods.group(1));
            }
            if (blocks.group(2) != null) {
                page.failures.put(page.tests.getLast(), blocks.group(2));
            }
        }
        return page;
    }

    /** {@return the tests, as class and method} */
    List<String> tests() {
        return tests;
    }

    /**
     * Compiles the page for Java 17, together with other sources, and runs its tests.
     *
     * @param folder for the files
     * @param others a folder with other sources
     * @return the results, by class and method
     */
    Map<String, TestExecutionResult> run(Path folder, Path others) throws IOException {
        var files = new ArrayList<Path>();
        for (var file : classes.entrySet()) {
            files.add(Files.writeString(folder.resolve(file.getKey() + ".java"), file.getValue()));
        }
        try (Stream<Path> more = Files.walk(others)) {
            more.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
        compile(folder, files);
        try (var loader = new URLClassLoader(
                new java.net.URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return execute(loader);
        }
    }

    private static void compile(Path folder, List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var messages = new StringWriter();
            var options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    folder.toString());
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as(messages::toString).isTrue();
        }
    }

    private Map<String, TestExecutionResult> execute(ClassLoader loader) {
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false) // those are for the tests of the build
                .build();
        var results = new TreeMap<String, TestExecutionResult>();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes.keySet().stream()
                        .map(name -> DiscoverySelectors.selectClass(loader, name))
                        .toList())
                .build();
        LauncherFactory.create(config).execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                        .filter(org.junit.platform.engine.support.descriptor.MethodSource.class::isInstance)
                        .map(org.junit.platform.engine.support.descriptor.MethodSource.class::cast)
                        .ifPresent(source -> results.put(source.getClassName() + "." + source.getMethodName(), result));
            }
        });
        return results;
    }

    /** Checks that a test has passed, or has failed with the message that the page shows. */
    void check(String test, TestExecutionResult result) {
        assertThat(result).as("%s has run", test).isNotNull();
        var problem = result.getThrowable();
        var expected = failures.get(test);
        if (expected == null) {
            problem.ifPresent(cause -> {
                throw new AssertionError(test + " of the page has failed", cause);
            });
        } else {
            assertThat(problem).as("%s fails", test).isPresent();
            assertThat(withoutTimes(problem.get().getMessage() + "\n")).isEqualTo(withoutTimes(expected));
        }
    }

    /** Replaces ports and times, which differ in each run, and the spaces after them. */
    private static String withoutTimes(String text) {
        return text.lines()
                .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+ *", "127.0.0.1:PORT ")
                        .replaceAll("\\+\\d+\\.\\d+ s", "+TIME s")
                        .stripTrailing())
                .collect(joining("\n"));
    }
}

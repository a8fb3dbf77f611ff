package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.runtime.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the scripts: each has an expectation, and each message of the language has a script that causes it. */
class HygieneTest {

    private static final List<String> STAGES = List.of("syntax", "bind", "compile", "check");

    /** Texts of messages that no script causes, with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            "the script has more functions, names and constants than the JVM allows in one class (65,535)",
            "such a script is megabytes long; the emitter's own tests make one",
            "callbacks, and may have",
            "such a script has thousands of lines; LargeScriptsTest makes one",
            "` is not a variable",
            "the name is looked up as it is written, so the binder says first that there is none");

    @Test
    void shouldExpectSomethingOfEveryScript() {
        for (var script : ConformanceScript.all()) {
            assertThat(script.expectations().stream()
                            .filter(each ->
                                    !each.kind().isClientStep() && !each.kind().isSurrounding()))
                    .as("%s has an expectation", script.name())
                    .isNotEmpty();
        }
    }

    @Test
    void shouldCauseEveryMessageOfTheLanguage() throws IOException {
        var provoked = ConformanceScript.all().stream()
                .flatMap(script -> script.expectations().stream())
                .filter(each -> each.kind().isError())
                .map(Expectation::text)
                .toList();
        var missing = new TreeSet<String>();
        for (var message : MessageTexts.in(sources())) {
            if (provoked.stream().noneMatch(message::isIn) && !EXCEPTIONS.containsKey(message.text())) {
                missing.add(message.place() + ": " + message.text());
            }
        }
        assertThat(missing).as("messages that no script causes").isEmpty();
    }

    @Test
    void shouldSuggestOnlyFunctionsThatExist() throws IOException {
        var functions = new TreeSet<String>();
        var namespaces = new TreeSet<String>();
        for (var library : Plugins.installed().libraries()) {
            var plugin = Plugins.installed().find(library).orElseThrow();
            namespaces.add(plugin.namespace());
            plugin.functions().forEach(each -> functions.add(plugin.namespace() + "." + each.name()));
        }
        var suggestion = Pattern.compile("\\b((?:" + String.join("|", namespaces) + ")\\.[A-Z]\\w+)");
        var suggested = new TreeSet<String>();
        for (var source : sources()) {
            Files.readString(source)
                    .lines()
                    .filter(line ->
                            !line.strip().startsWith("*") && !line.strip().startsWith("/"))
                    .flatMap(line -> suggestion.matcher(line).results())
                    .forEach(each -> suggested.add(each.group(1)));
        }
        assertThat(suggested).contains("timer.SleepMs", "map.AddInt").isSubsetOf(functions);
    }

    @Test
    void shouldNotWarnOfExamples() throws IOException {
        try (Stream<Path> files = Files.list(Project.file("examples"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".dom")).toList()) {
                assertThat(Script.check(SourceFile.read(file.toString()), Plugins.installed()))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Project.file("lang/src/main/java/dev/domin/lang"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            STAGES.contains(file.getParent().getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}

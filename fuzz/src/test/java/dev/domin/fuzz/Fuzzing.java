package dev.domin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import dev.domin.conformance.fuzz.FuzzTarget;
import dev.domin.conformance.fuzz.FuzzTargets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The long form of fuzzing: Jazzer changes inputs, and keeps those that reach other code. {@code -Dfuzz.only=SOURCE}
 * chooses targets, {@code -Dfuzz.seconds=N} the duration of each, and {@code -Dfuzz.heap=1g} the heap.
 */
class Fuzzing {

    private static final String SECONDS = System.getProperty("fuzz.seconds", "60");
    private static final String HEAP = System.getProperty("fuzz.heap", "1g");
    private static final List<String> ONLY =
            List.of(System.getProperty("fuzz.only", "").split(","));
    private static final Path RESOURCES = Project.file("fuzz/src/test/resources");

    static Stream<FuzzTargets> targets() {
        return Stream.of(FuzzTargets.values()).filter(each -> ONLY.contains("") || ONLY.contains(each.name()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldFindNothing(FuzzTargets name) throws IOException, InterruptedException {
        var target = name.make();
        var work = Files.createDirectories(Project.file("fuzz/target/fuzz/" + name.folder()));
        var corpus = Files.createDirectories(work.resolve("corpus"));
        var findings = Files.createDirectories(RESOURCES.resolve("findings/" + name.folder()));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-Dfuzz.target=" + name,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Entry.class.getName(),
                "--instrumentation_includes=dev.domin.**:com.google.gson.**",
                "--custom_hook_includes=dev.domin.**",
                // Match.matching takes a regular expression from its caller: an invalid one is no finding.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + findings + "/",
                "-max_total_time=" + SECONDS,
                "-timeout=20",
                "-rss_limit_mb=0",
                "-max_len=6000",
                "-len_control=20",
                "-print_final_stats=1",
                corpus.toString(),
                seeds(target, work).toString()));
        if (!target.dictionary().isEmpty()) {
            command.add("-dict=" + dictionary(target, work));
        }
        var kept = RESOURCES.resolve("corpus/" + name.folder());
        if (Files.isDirectory(kept)) {
            command.add(kept.toString());
        }
        var log = work.resolve("log.txt");
        int exit = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(exit).as("the exit code of Jazzer; its output is %s", log).isZero();
    }

    private static Path seeds(FuzzTarget target, Path work) throws IOException {
        var folder = Files.createDirectories(work.resolve("seeds"));
        int number = 0;
        for (var seed : target.seeds()) {
            Files.write(folder.resolve("seed" + number), seed);
            number++;
        }
        return folder;
    }

    /** Writes a dictionary as libFuzzer reads it: one quoted text on each line. */
    private static Path dictionary(FuzzTarget target, Path work) throws IOException {
        var lines = new StringBuilder();
        for (var word : target.dictionary()) {
            lines.append('"');
            for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
                boolean plain = b >= ' ' && b != '"' && b != '\\' && b != 0x7F;
                lines.append(plain ? "" + (char) b : "\\x%02X".formatted(b));
            }
            lines.append("\"\n");
        }
        return Files.writeString(work.resolve("words.dict"), lines);
    }
}

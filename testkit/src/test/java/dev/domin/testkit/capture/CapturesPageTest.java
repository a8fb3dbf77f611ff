package dev.domin.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/captures.md prints what the page says. */
class CapturesPageTest {

    @TempDir
    Path folder;

    @Test
    void shouldRunTheProgramOfThePage() throws Exception {
        var page = Files.readString(Path.of("../docs/captures.md"));
        var example = Pattern.compile("```java\n(.*?)```\n\n```output\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(example.find()).isTrue();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/classes",
                        Files.writeString(folder.resolve("Captures.java"), example.group(1))
                                .toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isEqualTo(example.group(2));
        assertThat(process.waitFor()).isZero();
    }
}

package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs each part of the measurements. Their figures are not checked. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the load generator is for Linux")
class BenchSmokeTest {

    /** Much more than it takes, for a busy machine. */
    private static final int TIMEOUT_SECONDS = 400;

    @TempDir
    private Path folder;

    /** The exit status of a program, and its output. */
    private record Result(int code, String out, String err) {}

    @Test
    void shouldRunEachPartOfTheTable() throws Exception {
        var result = bench("--smoke");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "A smoke test: these figures mean nothing",
                        "| 64 B, 64 in flight, timeout -1: packets/s, to C recvmmsg, UDP_SEGMENT |",
                        "| 64 B, 1 in flight, timeout 200: p50, to C polling |",
                        "| hello, whole process, to bare Java, AOT cache |",
                        "### 64 B, 64 in flight",
                        "### 1200 B, 64 in flight",
                        "### 64 B, 1 in flight",
                        "### Idle server",
                        "### Allocation per packet",
                        "### Open loop",
                        "### Start to first echo",
                        "### Hello, whole process",
                        "### Computing: fib",
                        "### Computing: sum of",
                        "### Computing: sieve",
                        "servers in one script",
                        "### Memory under load",
                        "### Check of a script",
                        "| domin, timeout -1 |",
                        "| domin, timeout 200 |",
                        "| C recvmmsg/sendmmsg |");
    }

    @Test
    void shouldCompareWithAnotherCheckout() throws Exception {
        var result = bench(
                "--smoke",
                "--only",
                "echo1200,check",
                "--against",
                Project.file("").toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "| work | old | new | new/old |",
                        "| 1200 B, 64 in flight, timeout 200, packets/s |",
                        "| old domin, timeout -1 |",
                        "| old domin check |")
                .doesNotContain("Python socket");
    }

    @Test
    void shouldRejectAComparisonWithAFolderThatIsNotACheckout() throws Exception {
        var result = bench("--smoke", "--against", folder.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(folder + " is not a checkout of domin");
    }

    @Test
    void shouldMeasurePythonItselfInsteadOfTheScriptThatStartsIt() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: python3 is missing, package python3");
        var script = Files.writeString(
                folder.resolve("python3"), "#!/bin/sh\necho warning: slow >&2\nexec /usr/bin/python3 \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();

        var path = folder + ":" + System.getenv("PATH");
        var result = benchWithPath(path, "--smoke", "--only", "loop");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("python3 is /usr/bin/python3");
        assertThat(result.out())
                .containsPattern("Python [0-9.]+ \\(/usr/bin/python3")
                .contains("| Python |");
    }

    private Result bench(String... arguments) throws Exception {
        return benchWithPath(System.getenv("PATH"), arguments);
    }

    private Result benchWithPath(String path, String... arguments) throws Exception {
        Tool.require("bash", "bash");
        Tool.require("cc", "gcc");
        assumeTrue(Files.exists(Path.of("/usr/include/stdio.h")), "skipped: C headers are missing, package libc6-dev");
        assumeTrue(
                Files.exists(Project.file("cli/target/domin.jar")),
                "skipped: ./domin is not built yet, which `./mvnw package` does");
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var command = new ArrayList<>(List.of(Project.file("bench/run").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("DOMIN_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putIfAbsent("DOMIN_COMMIT", ""); // also if mvn, and not mvnw, runs the tests
        builder.environment().put("PATH", path);

        var process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("ends in time; so far: %s", Files.readString(err))
                    .isTrue();
        } finally {
            process.destroy(); // not forcibly, so that it can end the processes that it has started
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}

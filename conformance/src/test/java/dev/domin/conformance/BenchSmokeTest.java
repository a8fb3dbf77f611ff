package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sees that each part of the measurements works. What they measure meanwhile is not looked at. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the load generator is for Linux")
class BenchSmokeTest {

    /** Much more than it takes, for a machine that has much else to do. */
    private static final int PATIENCE_SECONDS = 400;

    @TempDir
    private Path folder;

    @Test
    void shouldRunEachPartOfTheTable() throws Exception {
        Tool.require("bash", "bash");
        Tool.require("cc", "gcc");
        assumeTrue(Files.exists(Path.of("/usr/include/stdio.h")), "skipped: C headers are missing, package libc6-dev");
        assumeTrue(
                Files.exists(Project.file("cli/target/domin.jar")),
                "skipped: ./domin is not built yet, which `./mvnw package` does");
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(Project.file("bench/run").toString(), "--smoke")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("DOMIN_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putIfAbsent("DOMIN_COMMIT", ""); // also where mvn, and not mvnw, runs the tests

        var process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends in time; so far: %s", Files.readString(err))
                    .isTrue();
        } finally {
            process.destroy(); // not by force, so that it can end what it has started
        }

        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(out))
                .contains(
                        "A smoke test: these figures mean nothing",
                        "### 64 B, 64 in flight",
                        "### 1200 B, 64 in flight",
                        "### 64 B, 1 in flight",
                        "### Idle server",
                        "### Allocation a packet",
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
}

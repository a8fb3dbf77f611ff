package dev.domin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher {@code domin}: it finds a JDK, builds once, keeps a cache, and replaces itself with java. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is for POSIX shells")
class LauncherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(LauncherFolder.PATIENCE_SECONDS);

    @TempDir
    private static Path jars;

    @TempDir
    private Path folder;

    private LauncherFolder launcher;
    private Path home;

    @BeforeAll
    static void compileSmallPrograms() throws Exception {
        LauncherFolder.compileSmallPrograms(jars);
    }

    @BeforeEach
    void layOutTheHouse() throws IOException {
        launcher = new LauncherFolder(folder, jars);
        home = launcher.home();
    }

    @Test
    void shouldBuildOnFirstUseAndSaySo() throws Exception {
        var first = launcher.domin("x");

        assertThat(first.out()).startsWith("first [x]");
        assertThat(first.err()).contains("building on first use").contains("creating the start-up cache");

        var next = launcher.domin("y");
        assertThat(next.out()).startsWith("first [y]");
        assertThat(next.err()).isEmpty();
        assertThat(home.resolve("cli/target")).isDirectoryContaining("glob:**/domin-*.aot");
        assertThat(home.resolve("builds")).hasContent("built\n");
    }

    @Test
    void shouldShowEachModuleThatItBuilds() throws Exception {
        launcher.buildBy("""
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Building domin 0.1.0-SNAPSHOT                                        [1/2]'
                echo '[INFO] Building jar: /some/where/domin-udp.jar'
                echo '[INFO] Building domin command line 0.1.0-SNAPSHOT                           [2/2]'
                """);

        assertThat(launcher.domin("x").err()).isEqualTo("""
                domin: building on first use; this takes about a minute, and needs a network...
                domin: building [1/2] domin
                domin: building [2/2] domin command line
                domin: creating the start-up cache, once after a build...
                """);
        assertThat(home.resolve("cli/target/domin-build.log")).content().contains("Scanning for projects");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux reports the resources that child processes have used")
    void shouldStartNoProcessOnAWarmStart() throws Exception {
        Files.createDirectories(home.resolve(".git/refs/heads"));
        Files.writeString(home.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(home.resolve(".git/refs/heads/main"), "1111111111111111111111111111111111111111\n");

        assertThat(pageFaultsOfChildren(launcher.domin("show", "/proc/self/stat")))
                .isPositive();
        assertThat(pageFaultsOfChildren(launcher.domin("show", "/proc/self/stat")))
                .isZero();
    }

    private static long pageFaultsOfChildren(LauncherFolder.Ended ended) {
        return Long.parseLong(
                ended.out().substring(ended.out().lastIndexOf(')') + 2).split(" ")[8]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LC_ALL=C",
                "LC_ALL=POSIX",
                "LC_ALL=xx_XX.UTF-8",
                "LC_ALL=",
                "LC_ALL=;LC_CTYPE=C",
                "LC_ALL=;LANG=C"
            })
    void shouldDecodeArgumentsAsUtf8WhateverTheLocale(String locale) throws Exception {
        var environment = new HashMap<>(Map.of("LANG", "", "LC_CTYPE", ""));
        for (String each : locale.split(";")) {
            environment.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        for (int start = 0; start < 2; start++) { // the second one with the cache
            var ended = launcher.run(
                    folder,
                    environment,
                    "sh",
                    "-c",
                    "\"$0\" codes \"$(printf '\\303\\251\\342\\202\\254')\"",
                    home.resolve("domin").toString());
            assertThat(ended.out()).contains("e9 20ac ").contains("LC_ALL [" + environment.get("LC_ALL") + "]");
        }
    }

    @Test
    void shouldHandOverArgumentsFolderAndExitCode() throws Exception {
        var elsewhere = Files.createDirectories(folder.resolve("else where"));

        var ended = launcher.run(
                elsewhere, Map.of(), home.resolve("domin").toString(), "exit", "7", "", "b c", "*", "$HOME");

        assertThat(ended.out()).isEqualTo("first [exit, 7, , b c, *, $HOME] in " + elsewhere.toRealPath() + "\n");
        assertThat(ended.code()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows the descriptors of a process")
    void shouldNotReuseAClosedStandardDescriptor(String closed) throws Exception {
        launcher.run(home, Map.of(), "sh", "-c", "exec ./domin descriptors found " + closed);

        var found = Files.readAllLines(home.resolve("found"));
        if (closed.contains("<")) {
            assertThat(found.get(0)).startsWith("/dev/null ");
        }
        if (closed.startsWith(">") || closed.contains(" >")) {
            assertThat(found.get(1)).startsWith("/dev/null ").endsWith("0"); // for reading only
        }
        if (closed.contains("2>")) {
            assertThat(found.get(2)).startsWith("/dev/null ").endsWith("0");
        }
    }

    @Test
    void shouldWorkThroughSymbolicLinks() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(
                folder.resolve("bin/relative"), Path.of("../").resolve(folder.relativize(home.resolve("domin"))));
        Files.createSymbolicLink(folder.resolve("twice"), folder.resolve("bin/relative"));

        assertThat(launcher.run(folder, Map.of(), "./twice", "x").out()).startsWith("first [x]");
        var path = folder.resolve("bin") + ":" + System.getenv("PATH");
        assertThat(launcher.run(folder, Map.of("PATH", path), "sh", "-c", "relative y")
                        .out())
                .startsWith("first [y]");
    }

    @Test
    void shouldBuildOnceWhenTwoStartAtOnce() throws Exception {
        launcher.buildBy("sleep 1"); // long enough for the other to start meanwhile

        var one = launcher.start(home, Map.of(), "./domin", "one");
        var two = launcher.start(home, Map.of(), "./domin", "two");

        assertThat(launcher.end(one, "one").out()).startsWith("first [one]");
        assertThat(launcher.end(two, "two").out()).startsWith("first [two]");
        assertThat(home.resolve("builds")).hasContent("built\n");
        assertThat(home.resolve("cli/target/domin.lock")).doesNotExist();
    }

    @Test
    void shouldTakeOverTheLockOfADeadProcess() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var lock = Files.createDirectories(home.resolve("cli/target/domin.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(launcher.domin("x").out()).startsWith("first [x]");
        assertThat(lock).doesNotExist();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems report the start of a process differently")
    void shouldTakeOverTheLockOfAProcessWhoseNumberIsReused() throws Exception {
        var lock = Files.createDirectories(home.resolve("cli/target/domin.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + " 1\n"); // which started later

        assertThat(launcher.domin("x").out()).startsWith("first [x]");
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldWaitForTheLockOfALivingProcess() throws Exception {
        launcher.buildBy("until [ -e go ]; do sleep 0.1; done");
        var builder = launcher.start(home, Map.of(), "./domin", "builder");
        await().atMost(PATIENCE).until(() -> launcher.builds().size() == 1);

        var waiter = launcher.start(home, Map.of(), "./domin", "waiter");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(folder.resolve("waiter.err"))
                        .content()
                        .contains("another start is building, waiting for it"));
        Files.createFile(home.resolve("go"));

        assertThat(launcher.end(builder, "builder").out()).startsWith("first [builder]");
        assertThat(launcher.end(waiter, "waiter").out()).startsWith("first [waiter]");
        assertThat(launcher.builds()).hasSize(1);
    }

    @Test
    void shouldMakeFilesThatOnlyTheirOwnerCanChange() throws Exception {
        var ended = launcher.run(home, Map.of(), "sh", "-c", "umask 0 && ./domin touch made");

        assertThat(ended.out()).startsWith("first [touch, made]");
        try (var made = Files.walk(home.resolve("cli/target"))) {
            assertThat(made)
                    .hasSizeGreaterThan(4)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
        }
        assertThat(Files.getPosixFilePermissions(home.resolve("made")))
                .as("the script's own files have the caller's mask")
                .contains(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    }

    @Test
    void shouldRebuildADamagedCache() throws Exception {
        launcher.domin("x");
        var cache = cache();
        long length = Files.size(cache);
        assertThat(cache.toFile().setWritable(true)).isTrue();
        Files.write(cache, new byte[1000]); // newer than the jar

        assertThat(launcher.domin("y").out()).startsWith("first [y]");
        Files.write(home.resolve("cli/target/domin.start"), new byte[0]); // as Main does if it could not use the cache
        assertThat(launcher.domin("z").out()).startsWith("first [z]");

        assertThat(cache()).isEqualTo(cache);
        assertThat(Files.size(cache)).isGreaterThan(length / 2);
        assertThat(launcher.domin("again").err()).isEmpty();
    }

    private Path cache() throws IOException {
        try (var caches = Files.newDirectoryStream(home.resolve("cli/target"), "domin-*.aot")) {
            return caches.iterator().next();
        }
    }

    @Test
    void shouldDeleteTheIncompleteCacheOfAKilledProcess() throws Exception {
        var target = Files.createDirectories(home.resolve("cli/target"));
        Files.writeString(target.resolve("domin.4711.aot"), "half");

        assertThat(launcher.domin("x").out()).startsWith("first [x]");
        assertThat(target).isDirectoryNotContaining("glob:**/domin.*.aot");
    }

    @Test
    void shouldNeverRunTheClassesOfAnOlderJar() throws Exception {
        launcher.domin("x");
        Files.copy(
                jars.resolve("second.jar"),
                home.resolve("cli/target/domin-start.jar"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(launcher.domin("y").out()).startsWith("second [y]");
        assertThat(launcher.domin("z").out()).startsWith("second [z]");
    }

    @Test
    void shouldRunWithoutACacheWhenNoneCanBeWritten() throws Exception {
        launcher.domin("x");
        var target = home.resolve("cli/target");
        try (var caches = Files.newDirectoryStream(target, "domin-*.aot")) {
            for (var cache : caches) {
                Files.delete(cache);
                Files.createDirectory(cache); // prevents writing, also for root
                Files.createFile(cache.resolve("occupied"));
            }
        }

        var ended = launcher.domin("y");

        assertThat(ended.out()).startsWith("first [y]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void shouldShowTheEndOfAFailedBuild() throws Exception {
        LauncherFolder.script(
                home.resolve("mvnw"), "#!/bin/sh\necho '[INFO] this and that'\necho no network here\nexit 1\n");

        var ended = launcher.domin("x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("no network here")
                .doesNotContain("this and that")
                .contains("the complete log is in ./cli/target/domin-build.log");
        assertThat(home.resolve("cli/target/domin.lock")).doesNotExist();
    }

    @Test
    void shouldRejectAnUnusableDominJavaHome() throws Exception {
        var ended = launcher.run(home, Map.of("DOMIN_JAVA_HOME", folder.toString()), "./domin", "x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("DOMIN_JAVA_HOME is " + folder + ", which is not a JDK 25 or later");
    }

    @Test
    void shouldReportWhereItSearchedForAJdk() throws Exception {
        var finder = home.resolve(".mvn/find-jdk.sh");
        Files.writeString(finder, Files.readString(finder).replace("JDK_WANTED=25", "JDK_WANTED=9999"));

        var ended = launcher.run(home, Map.of("JAVA_HOME", "/no/such/jdk"), "./domin", "x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("no JDK 9999 or later was found")
                .contains("JAVA_HOME (/no/such/jdk)")
                .contains("/usr/lib/jvm")
                .contains("https://adoptium.net");
    }

    @Test
    void shouldPassSignalsToTheProgram() throws Exception {
        launcher.domin("x");
        var process = launcher.start(home, Map.of(), "./domin", "wait");
        try (var reader = process.inputReader(UTF_8)) {
            assertThat(reader.readLine()).startsWith("first [wait]");
            process.destroy();
            assertThat(process.waitFor(LauncherFolder.PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void shouldPassOptionsToJava() throws Exception {
        var ended = launcher.run(home, Map.of("DOMIN_JAVA_OPTS", "-Dgreeting=hello -Dother=x"), "./domin", "x");

        assertThat(ended.out()).contains("hello");
    }

    @Test
    void shouldStartFastOnAJdkWithoutSomeOfTheFlags() throws Exception {
        for (var part : List.of("domin", ".mvn/prepare.sh")) {
            var text = Files.readString(home.resolve(part))
                    .replace("-XX:Tier3CompileThreshold", "-XX:SomeFlagOfThePast")
                    .replace("-XX:-AOTReplayTraining", "-XX:-AnotherFlagOfThePast")
                    .replace("-XX:-AOTRecordTraining", "-XX:-AThirdFlagOfThePast");
            assertThat(text).contains("FlagOfThePast");
            Files.writeString(home.resolve(part), text);
        }

        var first = launcher.domin("x");

        assertThat(first.out()).startsWith("first [x]");
        assertThat(first.err()).contains("creating the start-up cache").doesNotContain("the cache cannot be created");
        assertThat(launcher.domin("y").out()).startsWith("first [y]");
    }

    @Test
    void shouldReportAnErrorInTheOptionsForJava() throws Exception {
        var ended = launcher.run(home, Map.of("DOMIN_JAVA_OPTS", "-XX:+NoSuchFlag"), "./domin", "x");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).contains("NoSuchFlag");
    }
}

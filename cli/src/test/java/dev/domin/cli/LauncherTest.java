package dev.domin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a folder of its own, whose build is a script that copies a small jar into place. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is for POSIX shells")
class LauncherTest {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private static Path jars;

    @TempDir
    private Path folder;

    private Path home;

    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void compileSmallPrograms() throws Exception {
        compile("first");
        compile("second");
    }

    @BeforeEach
    void layOutTheHouse() throws IOException {
        var root = repository();
        home = Files.createDirectories(folder.resolve("a folder with spaces"));
        Files.createDirectories(home.resolve(".mvn"));
        Files.copy(root.resolve("domin"), home.resolve("domin"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(root.resolve(".mvn/find-jdk.sh"), home.resolve(".mvn/find-jdk.sh"));
        buildBy("");
    }

    private void buildBy(String step) throws IOException {
        script(home.resolve("mvnw"), """
                #!/bin/sh
                echo built >>builds
                %s
                cp '%s' cli/target/domin-start.jar
                """.formatted(step, jars.resolve("first.jar")));
    }

    @Test
    void shouldBuildOnFirstUseAndSaySo() throws Exception {
        var first = domin("x");

        assertThat(first.out()).startsWith("first [x]");
        assertThat(first.err()).contains("building on first use").contains("making the start-up cache");

        var next = domin("y");
        assertThat(next.out()).startsWith("first [y]");
        assertThat(next.err()).isEmpty();
        assertThat(home.resolve("cli/target")).isDirectoryContaining("glob:**/domin-*.aot");
        assertThat(home.resolve("builds")).hasContent("built\n");
    }

    @Test
    void shouldHandOverArgumentsFolderAndExitCode() throws Exception {
        var elsewhere = Files.createDirectories(folder.resolve("else where"));

        var ended = run(elsewhere, Map.of(), home.resolve("domin").toString(), "exit", "7", "", "b c", "*", "$HOME");

        assertThat(ended.out()).isEqualTo("first [exit, 7, , b c, *, $HOME] in " + elsewhere.toRealPath() + "\n");
        assertThat(ended.code()).isEqualTo(7);
    }

    @Test
    void shouldWorkThroughSymbolicLinks() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(
                folder.resolve("bin/relative"), Path.of("../").resolve(folder.relativize(home.resolve("domin"))));
        Files.createSymbolicLink(folder.resolve("twice"), folder.resolve("bin/relative"));

        assertThat(run(folder, Map.of(), "./twice", "x").out()).startsWith("first [x]");
        var path = folder.resolve("bin") + ":" + System.getenv("PATH");
        assertThat(run(folder, Map.of("PATH", path), "sh", "-c", "relative y").out())
                .startsWith("first [y]");
    }

    @Test
    void shouldBuildOnceWhenTwoStartAtOnce() throws Exception {
        buildBy("sleep 1"); // long enough for the other to come by

        var one = start(home, Map.of(), "./domin", "one");
        var two = start(home, Map.of(), "./domin", "two");

        assertThat(end(one, "one").out()).startsWith("first [one]");
        assertThat(end(two, "two").out()).startsWith("first [two]");
        assertThat(home.resolve("builds")).hasContent("built\n");
        assertThat(home.resolve("cli/target/domin.lock")).doesNotExist();
    }

    @Test
    void shouldTakeOverTheLockOfOneThatDied() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var lock = Files.createDirectories(home.resolve("cli/target/domin.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertThat(domin("x").out()).startsWith("first [x]");
        assertThat(lock).doesNotExist();
    }

    @Test
    void shouldClearAwayTheHalfMadeCacheOfOneThatWasKilled() throws Exception {
        var target = Files.createDirectories(home.resolve("cli/target"));
        Files.writeString(target.resolve("domin.4711.aot"), "half");

        assertThat(domin("x").out()).startsWith("first [x]");
        assertThat(target).isDirectoryNotContaining("glob:**/domin.*.aot");
    }

    @Test
    void shouldNeverRunTheClassesOfAnOlderJar() throws Exception {
        domin("x");
        Files.copy(
                jars.resolve("second.jar"),
                home.resolve("cli/target/domin-start.jar"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(domin("y").out()).startsWith("second [y]");
        assertThat(domin("z").out()).startsWith("second [z]");
    }

    @Test
    void shouldRunWithoutACacheWhereNoneCanBeWritten() throws Exception {
        domin("x");
        var target = home.resolve("cli/target");
        try (var caches = Files.newDirectoryStream(target, "domin-*.aot")) {
            for (var cache : caches) {
                Files.delete(cache);
                Files.createDirectory(cache); // in the way, also for root, who may write to any folder
                Files.createFile(cache.resolve("occupied"));
            }
        }

        var ended = domin("y");

        assertThat(ended.out()).startsWith("first [y]");
        assertThat(ended.code()).isZero();
    }

    @Test
    void shouldShowTheEndOfAFailedBuild() throws Exception {
        script(home.resolve("mvnw"), "#!/bin/sh\necho no network here\nexit 1\n");

        var ended = domin("x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("no network here")
                .contains("the whole log is in ./cli/target/domin-build.log");
        assertThat(home.resolve("cli/target/domin.lock")).doesNotExist();
    }

    @Test
    void shouldRefuseAnUnusableDominJavaHome() throws Exception {
        var ended = run(home, Map.of("DOMIN_JAVA_HOME", folder.toString()), "./domin", "x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("DOMIN_JAVA_HOME is " + folder + ", which is no JDK 25 or later");
    }

    @Test
    void shouldTellWhereItLookedForAJdk() throws Exception {
        var finder = home.resolve(".mvn/find-jdk.sh");
        Files.writeString(finder, Files.readString(finder).replace("JDK_WANTED=25", "JDK_WANTED=9999"));

        var ended = run(home, Map.of("JAVA_HOME", "/no/such/jdk"), "./domin", "x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("no JDK 9999 or later was found")
                .contains("JAVA_HOME (/no/such/jdk)")
                .contains("/usr/lib/jvm")
                .contains("https://adoptium.net");
    }

    @Test
    void shouldPassSignalsToTheProgram() throws Exception {
        domin("x");
        var process = start(home, Map.of(), "./domin", "wait");
        try (var reader = process.inputReader(UTF_8)) {
            assertThat(reader.readLine()).startsWith("first [wait]");
            process.destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void shouldPassOptionsToJava() throws Exception {
        var ended = run(home, Map.of("DOMIN_JAVA_OPTS", "-Dgreeting=hello -Dother=x"), "./domin", "x");

        assertThat(ended.out()).contains("hello");
    }

    @Test
    void shouldStartFastOnAJdkThatHasGivenUpSomeOfTheFlags() throws Exception {
        var launcher = home.resolve("domin");
        Files.writeString(
                launcher,
                Files.readString(launcher)
                        .replace("-XX:Tier3CompileThreshold", "-XX:SomeFlagOfThePast")
                        .replace("-XX:-AOTReplayTraining", "-XX:-AnotherFlagOfThePast")
                        .replace("-XX:-AOTRecordTraining", "-XX:-AThirdFlagOfThePast"));

        var first = domin("x");

        assertThat(first.out()).startsWith("first [x]");
        assertThat(first.err()).contains("making the start-up cache").doesNotContain("no cache could be made");
        assertThat(domin("y").out()).startsWith("first [y]");
    }

    @Test
    void shouldTellAMistakeInTheOptionsForJava() throws Exception {
        var ended = run(home, Map.of("DOMIN_JAVA_OPTS", "-XX:+NoSuchFlag"), "./domin", "x");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).contains("NoSuchFlag");
    }

    private Ended domin(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("./domin"));
        command.addAll(List.of(arguments));
        return run(home, Map.of(), command.toArray(new String[0]));
    }

    private Ended run(Path directory, Map<String, String> environment, String... command) throws Exception {
        var label = command[command.length - 1].replaceAll("\\W", "_");
        return end(start(directory, environment, command), label);
    }

    private Process start(Path directory, Map<String, String> environment, String... command) throws IOException {
        var label = command[command.length - 1].replaceAll("\\W", "_");
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        var jdk = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        jdk.putAll(environment);
        builder.environment().remove("DOMIN_JAVA_HOME");
        builder.environment().remove("DOMIN_JAVA_OPTS");
        builder.environment().putAll(jdk);
        if (!"wait".equals(label)) {
            builder.redirectOutput(folder.resolve(label + ".out").toFile());
        }
        return builder.redirectError(folder.resolve(label + ".err").toFile()).start();
    }

    private Ended end(Process process, String label) throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + label);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve(label + ".out")),
                Files.readString(folder.resolve(label + ".err")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void compile(String word) throws Exception {
        var sources = Files.createDirectories(jars.resolve(word));
        var source = sources.resolve("Main.java");
        Files.writeString(source, """
                package dev.domin.cli;
                public final class Main {
                    public static void main(String[] args) throws Exception {
                        System.out.println("%s " + java.util.Arrays.toString(args) + " in " + System.getProperty("user.dir")
                                + System.getProperty("greeting", ""));
                        if (args[0].equals("exit")) System.exit(Integer.parseInt(args[1]));
                        if (args[0].equals("wait")) Thread.sleep(Long.MAX_VALUE);
                    }
                }
                final class Training {
                    public static void main(String[] args) throws Exception {
                        Main.main(new String[] {"training"});
                    }
                }
                """.formatted(word));
        var javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        var process = new ProcessBuilder(javac, "-d", sources.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (var jar = new JarOutputStream(Files.newOutputStream(jars.resolve(word + ".jar")), manifest)) {
            for (var entry : List.of("dev/domin/cli/Main.class", "dev/domin/cli/Training.class")) {
                jar.putNextEntry(new JarEntry(entry));
                jar.write(Files.readAllBytes(sources.resolve(entry)));
            }
        }
    }

    private static Path repository() {
        var candidate = Path.of("").toAbsolutePath();
        while (!Files.exists(candidate.resolve("mvnw"))) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}

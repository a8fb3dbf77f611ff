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

/** The launcher in a folder of its own, whose build is a script that copies a small jar into place. */
final class LauncherFolder {

    static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Path jars;
    private final Path home;

    record Ended(int code, String out, String err) {}

    /**
     * Installs the launcher in a new folder.
     *
     * @param folder the new folder
     * @param jars where {@link #compileSmallPrograms} has put the jars
     */
    LauncherFolder(Path folder, Path jars) throws IOException {
        this.folder = folder;
        this.jars = jars;
        home = Files.createDirectories(folder.resolve("a folder with spaces"));
        var root = repository();
        Files.createDirectories(home.resolve(".mvn"));
        Files.copy(root.resolve("domin"), home.resolve("domin"), StandardCopyOption.COPY_ATTRIBUTES);
        for (var part : List.of(".mvn/find-jdk.sh", ".mvn/find-head.sh", ".mvn/prepare.sh")) {
            Files.copy(root.resolve(part), home.resolve(part));
        }
        buildBy("");
    }

    /**
     * Creates {@code first.jar} and {@code second.jar}, programs that print their names and arguments.
     */
    static void compileSmallPrograms(Path jars) throws Exception {
        compile(jars, "first");
        compile(jars, "second");
    }

    /** {@return the launcher's folder} */
    Path home() {
        return home;
    }

    /** {@return a file below the launcher's folder} */
    Path file(String path) {
        return home.resolve(path);
    }

    /** {@return a small program} */
    Path jar(String word) {
        return jars.resolve(word + ".jar");
    }

    /** {@return a line for each build so far} */
    List<String> builds() throws IOException {
        return Files.exists(file("builds")) ? Files.readAllLines(file("builds")) : List.of();
    }

    /** Makes the build run some commands first, and then copy {@code first.jar}. */
    void buildBy(String commands) throws IOException {
        buildBy(commands, "first");
    }

    void buildBy(String commands, String word) throws IOException {
        script(file("mvnw"), """
                #!/bin/sh
                echo built >>builds
                %s
                cp '%s' cli/target/domin-start.jar
                """.formatted(commands, jar(word)));
    }

    Ended domin(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("./domin"));
        command.addAll(List.of(arguments));
        return run(home, Map.of(), command.toArray(new String[0]));
    }

    Ended run(Path directory, Map<String, String> environment, String... command) throws Exception {
        return end(start(directory, environment, command), label(command));
    }

    /**
     * Starts a command; its output goes to files named after its last argument, except the argument {@code wait}.
     */
    Process start(Path directory, Map<String, String> environment, String... command) throws IOException {
        var label = label(command);
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        var jdk = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        jdk.putAll(environment);
        builder.environment().remove("DOMIN_JAVA_HOME");
        builder.environment().remove("DOMIN_JAVA_OPTS");
        builder.environment().remove("DOMIN_COMMIT");
        builder.environment().putAll(jdk);
        if (!"wait".equals(label)) {
            builder.redirectOutput(folder.resolve(label + ".out").toFile());
        }
        return builder.redirectError(folder.resolve(label + ".err").toFile()).start();
    }

    Ended end(Process process, String label) throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + label);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve(label + ".out"), UTF_8),
                Files.readString(folder.resolve(label + ".err"), UTF_8));
    }

    private static String label(String... command) {
        return command[command.length - 1].replaceAll("\\W", "_");
    }

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true, false)).isTrue();
    }

    private static void compile(Path jars, String word) throws Exception {
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
                        if (args[0].equals("show")) System.out.print(java.nio.file.Files.readString(java.nio.file.Path.of(args[1])));
                        if (args[0].equals("descriptors")) {
                            String found = "";
                            for (int number = 0; number < 3; number++) {
                                found += java.nio.file.Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/fd/" + number)) + " "
                                        + java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/fdinfo/" + number)).get(1) + "\\n";
                            }
                            java.nio.file.Files.writeString(java.nio.file.Path.of(args[1]), found);
                        }
                        if (args[0].equals("codes")) {
                            args[1].chars().forEach(code -> System.out.print(Integer.toHexString(code) + " "));
                            System.out.println("LC_ALL [" + System.getProperty("domin.lc_all") + "]");
                        }
                        if (args[0].equals("touch")) java.nio.file.Files.createFile(java.nio.file.Path.of(args[1]));
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

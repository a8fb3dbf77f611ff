package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Builds a Maven project outside the reactor, as somebody does who has nothing but domin's artifacts.
 *
 * <p>The artifacts are laid into a local repository of its own, in front of the user's, where the Maven plugins are: so the
 * build needs no installation of the reactor, and leaves no trace.
 */
final class OutsideBuild {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int PATIENCE_SECONDS = 300;

    /** A class of each module, and the module's folder, which is also the end of its artifact's name. */
    private static final Map<String, String> MODULES = Map.of(
            "spi", "dev.domin.spi.Plugin",
            "processor", "dev.domin.processor.PluginProcessor",
            "lang", "dev.domin.lang.Compiler",
            "runtime", "dev.domin.runtime.Script",
            "plugins", "dev.domin.plugins.BundledPlugins",
            "udp", "dev.domin.udp.UdpEndpoint");

    private OutsideBuild() {}

    /**
     * Copies a project and builds it with its tests.
     *
     * @param project its folder
     * @param work a folder for the copy and the repository
     * @return the copy
     */
    static Path build(Path project, Path work) throws IOException, InterruptedException {
        var copy = work.resolve("project");
        copy(project, copy);
        var repository = work.resolve("repository");
        var home = Project.file("");
        install(repository, "domin-parent", home.resolve("pom.xml"), null);
        for (var module : MODULES.entrySet()) {
            install(
                    repository,
                    "domin-" + module.getKey(),
                    home.resolve(module.getKey()).resolve("pom.xml"),
                    placeOf(module.getValue()));
        }
        var usersRepository = System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        var log = work.resolve("build.log");
        var builder = new ProcessBuilder(
                        home.resolve("mvnw").toString(),
                        "-B",
                        "-ntp",
                        "-f",
                        copy.resolve("pom.xml").toString(),
                        "-Dmaven.repo.local=" + repository,
                        "-Dmaven.repo.local.tail=" + usersRepository,
                        "package")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the build ends: %s", log)
                    .isTrue();
            assertThat(process.exitValue()).as(() -> text(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return copy;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return file + ": " + e.getMessage();
        }
    }

    private static void install(Path repository, String artifact, Path pom, Path classes) throws IOException {
        var folder = Files.createDirectories(repository.resolve("dev/domin/" + artifact + "/" + VERSION));
        Files.copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"));
        if (classes != null) {
            var jar = folder.resolve(artifact + "-" + VERSION + ".jar");
            if (Files.isDirectory(classes)) { // as in `mvn test`, which packs no jars
                pack(classes, jar);
            } else {
                Files.copy(classes, jar);
            }
        }
    }

    private static Path placeOf(String className) {
        try {
            return Path.of(Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : files(classes)) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** Leaves out what an earlier build by hand has made. */
    private static void copy(Path from, Path to) throws IOException {
        for (var file : files(from)) {
            var relative = from.relativize(file);
            if (!relative.startsWith("target")) {
                Files.createDirectories(to.resolve(relative).getParent());
                Files.copy(file, to.resolve(relative));
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A copy of the project whose artifacts are installed by the command of the guide for plugin authors. The tests of one
 * JVM share it, as a parameter.
 *
 * <p>The artifacts are in a local repository next to the copy. Maven's plugins and libraries are read from the user's
 * repository, so nothing is downloaded twice, and domin's artifacts are never installed there.
 */
final class Installation implements AutoCloseable {

    /** The commit recorded for the copy. */
    static final String COMMIT = "1234567890123456789012345678901234567890";

    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".idea", ".vscode");

    /** Installs when the first test asks for it; JUnit closes it after the last one. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Installation.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var attempt = context.getRoot()
                    .getStore(Namespace.create(Installation.class))
                    .computeIfAbsent("installation", _ -> new Attempt(), Attempt.class);
            return attempt.result();
        }
    }

    /** The one attempt to install, whose failure all tests share. */
    private static final class Attempt implements AutoCloseable {

        private final Installation installation = new Installation();
        private RuntimeException skipped;
        private Error failure;

        Attempt() {
            try {
                installation.install();
            } catch (RuntimeException e) {
                skipped = e;
            } catch (Error e) {
                failure = e;
            }
        }

        Installation result() {
            if (skipped != null) {
                throw skipped;
            }
            if (failure != null) {
                throw failure;
            }
            return installation;
        }

        @Override
        public void close() throws IOException {
            installation.close();
        }
    }

    private final Path work;

    private Installation() {
        try {
            work = Files.createTempDirectory("domin-installation").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install() {
        try {
            copy(Project.file(""), home());
            Files.writeString(Files.createDirectories(home().resolve(".git")).resolve("HEAD"), COMMIT + "\n");
            // Plugins that only `install` needs are downloaded to the user's repository, for the next time.
            var download = ShellCommand.run(
                    home(),
                    javaHome(),
                    "./mvnw -B -ntp -N -Dfast -Dmaven.install.skip=true '-Dmaven.repo.local=" + users() + "' install");
            assumeTrue(
                    download.succeeded(),
                    "skipped: Maven's plugins for `install` are not in the local repository, and "
                            + "cannot be downloaded");
            configure(home());
            var install = ShellCommand.run(
                    home(), javaHome(), String.join("\n", GuideCommands.blocks().get(0)));
            assertThat(install.succeeded()).as(install::output).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abort("skipped: interrupted while installing");
        }
    }

    /** Lets Maven use the repository of this installation in a project. */
    void configure(Path project) throws IOException {
        Files.write(
                Files.createDirectories(project.resolve(".mvn")).resolve("maven.config"),
                List.of("-B", "-ntp", "-Dmaven.repo.local=" + repository(), "-Dmaven.repo.local.tail=" + users()));
    }

    private static Path users() {
        return Path.of(System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    }

    /** {@return the JDK that runs this test} */
    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** {@return the copy of the project} */
    Path home() {
        return work.resolve("domin");
    }

    /** {@return the local repository that the artifacts are installed to} */
    Path repository() {
        return work.resolve("repository");
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * Copies a folder of sources.
     *
     * @param from the folder
     * @param to the copy
     */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(file.getFileName().toString())) { // in a linked worktree, .git is a file
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

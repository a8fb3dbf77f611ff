package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs the commands of the guide for plugin authors in a shell, in a copy of the project. Closing it kills the last
 * command, a server.
 *
 * <p>They install to a local repository next to the copy. Maven's plugins and libraries are read from the user's
 * repository, so nothing is downloaded twice, and domin's artifacts are never installed there.
 */
final class GuideCommands implements AutoCloseable {

    /** The commit recorded for the copy. */
    static final String COMMIT = "1234567890123456789012345678901234567890";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Set<String> LEFT_OUT = Set.of("target", ".git", ".idea", ".vscode");

    private final Path work;
    private Process process;
    private ScriptOutput out;
    private ScriptOutput err;

    /**
     * Copies the project and runs the commands, until the server listens.
     *
     * @param work a folder for the copy and the repository
     */
    GuideCommands(Path work) throws IOException, InterruptedException {
        this.work = work;
        copy(Project.file(""), home());
        Files.writeString(Files.createDirectories(home().resolve(".git")).resolve("HEAD"), COMMIT + "\n");
        var users = System.getProperty(
                "localRepository",
                Path.of(System.getProperty("user.home"), ".m2", "repository").toString());
        // Plugins that only `install` needs are downloaded to the user's repository, for the next time.
        run("./mvnw -B -ntp -N -Dfast -Dmaven.install.skip=true '-Dmaven.repo.local=" + users + "' install");
        assumeTrue(
                process.waitFor() == 0,
                "skipped: Maven's plugins for `install` are not in the local repository, and "
                        + "cannot be downloaded");
        Files.write(
                home().resolve(".mvn/maven.config"),
                List.of("-B", "-ntp", "-Dmaven.repo.local=" + repository(), "-Dmaven.repo.local.tail=" + users));
        run(String.join("\n", commands()));
        await().atMost(PATIENCE).until(() -> !process.isAlive() || out.text().contains("listening on "));
        assertThat(process.isAlive()).as(this::everything).isTrue();
    }

    /** {@return all lines of the page's {@code sh} blocks} */
    static List<String> commands() throws IOException {
        var commands = new ArrayList<String>();
        boolean inside = false;
        for (var line : Files.readAllLines(Project.file("docs/writing-a-plugin.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside) {
                commands.add(line);
            }
        }
        return commands;
    }

    private void run(String commands) throws IOException {
        var builder = new ProcessBuilder("sh", "-ec", commands).directory(home().toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1"); // reduces the time by a third
        builder.environment().keySet().removeIf(name -> name.startsWith("DOMIN_") || name.startsWith("MAVEN_ARGS"));
        process = builder.start();
        out = new ScriptOutput();
        err = new ScriptOutput();
        DominProcess.collect(process.getInputStream(), out);
        DominProcess.collect(process.getErrorStream(), err);
    }

    /** {@return the copy of the project} */
    Path home() {
        return work.resolve("domin");
    }

    /** {@return the local repository that the commands install to} */
    Path repository() {
        return work.resolve("repository");
    }

    /** {@return the output of the commands} */
    ScriptOutput out() {
        return out;
    }

    /** {@return the error output of the commands} */
    ScriptOutput err() {
        return err;
    }

    private String everything() {
        return out.text() + err.text();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void copy(Path from, Path to) throws IOException {
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

package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.cli.LauncherFolder.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The launcher {@code domin} runs a build of the commit that is checked out, in any format that git uses to record it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is for POSIX shells")
class LauncherCommitTest {

    private static final String OLD = "1111111111111111111111111111111111111111";
    private static final String NEW = "2222222222222222222222222222222222222222";

    /** The formats in which git records the commit that is checked out. */
    enum Layout {
        BRANCH {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git/HEAD"), "ref: refs/heads/some/branch");
                write(home.resolve(".git/refs/heads/some/branch"), commit);
            }
        },
        DETACHED {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git/HEAD"), commit);
            }
        },
        LINK_TO_A_LINK {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git/HEAD"), "ref: refs/heads/name");
                write(home.resolve(".git/refs/heads/name"), "ref: refs/heads/other");
                write(home.resolve(".git/refs/heads/other"), commit);
            }
        },
        PACKED {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git/HEAD"), "ref: refs/heads/main");
                write(
                        home.resolve(".git/packed-refs"),
                        "# pack-refs with: peeled fully-peeled sorted",
                        "3333333333333333333333333333333333333333 refs/heads/longer-main",
                        "3333333333333333333333333333333333333333 refs/heads/main2",
                        commit + " refs/heads/main",
                        "3333333333333333333333333333333333333333 refs/tags/v1",
                        "^4444444444444444444444444444444444444444");
            }
        },
        WORKTREE {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                var main = home.resolveSibling("main");
                write(home.resolve(".git"), "gitdir: " + main.resolve(".git/worktrees/one"));
                write(main.resolve(".git/worktrees/one/HEAD"), "ref: refs/heads/feature");
                write(main.resolve(".git/worktrees/one/commondir"), "../..");
                write(main.resolve(".git/refs/heads/feature"), commit);
                write(main.resolve(".git/HEAD"), "3333333333333333333333333333333333333333");
            }
        },
        SUBMODULE {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git"), "gitdir: ../outer/.git/modules/domin");
                write(home.resolveSibling("outer/.git/modules/domin/HEAD"), commit);
            }
        },
        /** Binary tables, which only git can read. */
        REFTABLE {
            @Override
            void checkOut(Path home, String commit) throws IOException {
                write(home.resolve(".git/HEAD"), "ref: refs/heads/.invalid");
                write(home.resolve(".git/reftable/tables.list"), "0x000000000001.ref");
                LauncherFolder.script(home.resolveSibling("tools/git"), "#!/bin/sh\necho " + commit + "\n");
            }
        };

        abstract void checkOut(Path home, String commit) throws IOException;
    }

    @TempDir
    private Path folder;

    private LauncherFolder launcher;
    private Path home;

    @BeforeEach
    void layOutTheHouse() throws IOException {
        layOutAJdk();
        var jars = folder.resolve("jars");
        write(jars.resolve("first.jar"), "first");
        write(jars.resolve("second.jar"), "second");
        launcher = new LauncherFolder(folder, jars);
        home = launcher.home();
        Files.createDirectories(folder.resolve("tools"));
    }

    /**
     * A script in place of a JVM, so that a start takes no time: it prints the content of the jar, which is a line of
     * text.
     */
    private void layOutAJdk() throws IOException {
        var bin = Files.createDirectories(folder.resolve("jdk/bin"));
        write(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"");
        LauncherFolder.script(bin.resolve("javac"), "");
        LauncherFolder.script(bin.resolve("java"), """
                #!/bin/sh
                for argument; do
                    case $argument in
                    -version) exit ;;
                    -XX:AOTCacheOutput=*)
                        sleep 0.05 # so that the cache is newer than the jar with any resolution of file times
                        echo cache >"${argument#*=}"
                        exit
                        ;;
                    esac
                done
                while [ "$1" != -cp ]; do shift; done
                echo "$(cat "$2") [$4]"
                """);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBuildAgainOnceWhenAnotherCommitIsCheckedOut(Layout layout) throws Exception {
        layout.checkOut(home, OLD);
        assertThat(domin("x").err()).contains("building on first use");
        assertRunsSilently("y", "first");
        launcher.buildBy("", "second");

        layout.checkOut(home, NEW);
        var moved = domin("z");

        assertThat(moved.out()).startsWith("second [z]");
        assertThat(moved.err()).contains("another commit is checked out than the one that was built; building again");
        assertRunsSilently("again", "second");
        assertThat(launcher.builds()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFTABLE")
    void shouldFindTheCommitWithoutGit(Layout layout) throws Exception {
        LauncherFolder.script(folder.resolve("tools/git"), "#!/bin/sh\necho git is started >&2\n");
        layout.checkOut(home, OLD);

        assertThat(domin("x").err()).doesNotContain("git is started");
        assertThat(Files.readString(home.resolve("cli/target/domin.commit"))).isEqualTo(OLD + "\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"BRANCH", "PACKED"})
    void shouldNotBuildInsideOfABuild(Layout layout) throws Exception {
        layout.checkOut(home, OLD);
        domin("x");
        launcher.buildBy("", "second");
        layout.checkOut(home, NEW);
        var inBuild = new HashMap<>(environment());
        inBuild.put("DOMIN_COMMIT", OLD);

        for (var path : List.of("", ":/another")) { // with and without the state file of an earlier start
            inBuild.merge("PATH", path, String::concat);
            var ended = launcher.run(home, inBuild, "./domin", "y");
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).startsWith("first [y]");
        }
        inBuild.remove("DOMIN_COMMIT");
        assertThat(launcher.run(home, inBuild, "./domin", "z").out()).startsWith("second [z]");
    }

    @Test
    void shouldNotBuildWhenOnlyTheNameOfTheBranchChanges() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");

        Layout.PACKED.checkOut(home, OLD);
        assertRunsSilently("packed", "first");
        assertRunsSilently("packed again", "first");
        Layout.DETACHED.checkOut(home, OLD);
        assertRunsSilently("detached", "first");
        assertThat(launcher.builds()).hasSize(1);
    }

    @Test
    void shouldNotBuildAgainAfterAGarbageCollection() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");

        Files.delete(home.resolve(".git/refs/heads/some/branch"));
        write(home.resolve(".git/packed-refs"), OLD + " refs/heads/some/branch");
        assertRunsSilently("y", "first");
        assertRunsSilently("z", "first");
        assertThat(launcher.builds()).hasSize(1);
    }

    @Test
    void shouldRunAnyBuildWithoutACheckout() throws Exception {
        domin("x");
        write(home.resolve("cli/target/domin.commit"), OLD);

        assertRunsSilently("y", "first");
        Files.createDirectory(home.resolve(".git")); // without HEAD, so no checkout either
        assertRunsSilently("z", "first");
    }

    @Test
    void shouldRunABuildByHandOfTheCommitThatIsCheckedOut() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");

        Layout.BRANCH.checkOut(home, NEW);
        buildByHand(NEW);
        var next = domin("y");

        assertThat(next.out()).startsWith("second [y]");
        assertThat(next.err()).doesNotContain("building");
        assertThat(launcher.builds()).hasSize(1);
    }

    @Test
    void shouldNotRunABuildByHandOfAnotherCommit() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");
        buildByHand(NEW);

        assertThat(domin("y").out()).startsWith("first [y]");
        assertThat(launcher.builds()).hasSize(2);
    }

    @Test
    void shouldBuildAgainAfterAnInterruptedBuild() throws Exception {
        domin("x");
        Files.delete(home.resolve("cli/target/domin.commit"));
        Files.writeString(home.resolve("cli/target/domin-start.jar"), "half a jar");

        var next = domin("y");
        assertThat(next.err()).contains("the last build was not completed; building again");
        assertThat(next.out()).startsWith("first [y]");
    }

    @Test
    void shouldKeepTheOldBuildForItsCommitWhenTheNewOneFails() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");
        LauncherFolder.script(
                home.resolve("mvnw"),
                "#!/bin/sh\necho half a jar >cli/target/domin-start.jar\necho '[ERROR] cannot compile'\nexit 1\n");

        Layout.BRANCH.checkOut(home, NEW);
        for (var attempt : List.of("y", "z")) {
            var failed = domin(attempt);
            assertThat(failed.code()).isEqualTo(2);
            assertThat(failed.out()).isEmpty();
            assertThat(failed.err())
                    .contains("[ERROR] cannot compile")
                    .contains("the build failed; the complete log is in ./cli/target/domin-build.log")
                    .contains("to run the build of the other commit: ")
                    .contains("java -jar ./cli/target/domin.jar FILE.dom");
        }
        Layout.BRANCH.checkOut(home, OLD);
        assertRunsSilently("back", "first");
    }

    @Test
    void shouldKeepTheJarOfAScriptThatIsStillRunning() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");
        var jar = home.resolve("cli/target/domin-start.jar");
        try (var running = Files.newInputStream(jar)) { // as a JVM has it open
            launcher.buildBy("", "second");
            Layout.BRANCH.checkOut(home, NEW);
            assertThat(domin("y").out()).startsWith("second [y]");

            assertThat(running.readAllBytes()).isEqualTo(Files.readAllBytes(launcher.jar("first")));
        }
    }

    @Test
    void shouldBuildOnceWhenSeveralStartAtOnce() throws Exception {
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");
        launcher.buildBy("sleep 1", "second"); // long enough for the others to start meanwhile
        Layout.BRANCH.checkOut(home, NEW);

        var processes = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            processes.add(launcher.start(home, environment(), "./domin", "start " + i));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(launcher.end(processes.get(i), "start_" + i).out()).startsWith("second [start " + i + "]");
        }
        assertThat(launcher.builds()).hasSize(2);
    }

    @Test
    void shouldReportThatAnotherCommitWasBuiltWhenItCannotBuild() throws Exception {
        var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(!root || Files.isExecutable(Path.of("/usr/bin/setpriv")), "skipped: root can write everywhere");
        Layout.BRANCH.checkOut(home, OLD);
        domin("x");
        Layout.BRANCH.checkOut(home, NEW);
        var target = home.resolve("cli/target");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            var command = new ArrayList<>(root ? nobody : List.<String>of());
            command.addAll(List.of("./domin", "y"));
            var ended = launcher.run(home, environment(), command.toArray(new String[0]));

            assertThat(ended.out()).startsWith("first [y]");
            assertThat(ended.err())
                    .contains("another commit is checked out than the one that was built; running that build, "
                            + "since you have no permission to write to .");
        } finally {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void buildByHand(String commit) throws IOException {
        write(home.resolve("cli/target/domin-start.jar"), "second");
        write(home.resolve("cli/target/domin.commit"), commit);
    }

    private void assertRunsSilently(String argument, String program) throws Exception {
        var ended = domin(argument);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith(program + " [" + argument + "]");
    }

    private Ended domin(String argument) throws Exception {
        return launcher.run(home, environment(), "./domin", argument);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PATH",
                folder.resolve("tools") + ":" + System.getenv("PATH"),
                "DOMIN_JAVA_HOME",
                folder.resolve("jdk").toString());
    }

    /** Writes a file that is newer than all that the launcher has written so far. */
    private static void write(Path file, String... lines) throws IOException {
        var start = FileTime.from(Instant.now());
        Files.createDirectories(file.getParent());
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> {
            Files.write(file, List.of(lines));
            return Files.getLastModifiedTime(file).compareTo(start) > 0;
        });
    }
}

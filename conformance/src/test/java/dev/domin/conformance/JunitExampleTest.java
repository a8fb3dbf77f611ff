package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Maven tests the example in a clean folder, with nothing of domin but the installed artifacts. */
@Timeout(900)
@ExtendWith(Installation.Shared.class)
class JunitExampleTest {

    private static final String CLIENT = "src/main/java/org/example/dns/StubResolver.java";

    /** What a person sees who runs the test: one query came, and the fault of the test lost its answer. */
    private static final Pattern FAILURE = Pattern.compile("""
            \\QStubResolverTest.shouldAskAgainWhenTheFirstAnswerIsLost\\E.*
            \\Qjava.net.SocketTimeoutException: no answer for a.test from /127.0.0.1:\\E\\d+, 3 times 500 ms
            (\tat .*
            )+\
            \tSuppressed: journal of the UDP server on port \\d+

            packets:
              in    1   \\+\\S+ s  127.0.0.1:\\d+ +24 B  handled by stub query for a.test  .*
              out   1   \\+\\S+ s  127.0.0.1:\\d+ +40 B  \\Qfault, answers 1; dropped by nth(1)\\E  .*

            faults: seed \\d+
              \\Qreplies: nth(1).drop\\E
            """);

    @TempDir
    Path folder;

    private ShellCommand mvnTest(Installation installation, Path javaHome, String options)
            throws IOException, InterruptedException {
        Installation.copy(Project.file("examples/junit-dns"), folder);
        return mvnTestAgain(installation, javaHome, options);
    }

    private ShellCommand mvnTestAgain(Installation installation, Path javaHome, String options)
            throws IOException, InterruptedException {
        installation.configure(folder);
        // Maven alone, without the part of the project's wrapper that looks for a JDK 25
        Files.copy(Project.file("mvnw"), folder.resolve("mvnw"));
        Installation.copy(Project.file(".mvn/wrapper"), folder.resolve(".mvn/wrapper"));
        var run = ShellCommand.run(folder, javaHome, "./mvnw " + options + " test");
        if (run.output().contains("Could not transfer artifact")) {
            abort("skipped: an artifact is not in the local repository, and cannot be downloaded");
        }
        return run;
    }

    private static void assertPasses(ShellCommand run) {
        assertThat(run.succeeded()).as(run::output).isTrue();
        assertThat(run.output()).containsPattern("Tests run: \\d+, Failures: 0, Errors: 0, Skipped: 0");
    }

    private static Path jdk17() {
        var home = System.getenv("DOMIN_JDK17"); // set by ./mvnw
        return home == null ? abort("skipped: ./mvnw has not found a JDK 17") : Path.of(home);
    }

    @Test
    void shouldPassOnJava17(Installation installation) throws Exception {
        assertPasses(mvnTest(installation, jdk17(), ""));
    }

    @Test
    void shouldPassOnJava25(Installation installation) throws Exception {
        assertPasses(mvnTest(installation, Installation.javaHome(), ""));
    }

    @Test
    void shouldPassWithJunit5(Installation installation) throws Exception {
        var run = mvnTest(installation, Installation.javaHome(), "-X -Djunit.version=5.14.4");
        assertPasses(run);
        assertThat(run.output()).contains("junit-jupiter-engine-5.14.4.jar");
    }

    /** Without the loop the client asks once only. */
    @Test
    void shouldShowWhyABrokenClientFails(Installation installation) throws Exception {
        Installation.copy(Project.file("examples/junit-dns"), folder);
        var client = folder.resolve(CLIENT);
        var text = Files.readString(client);
        var broken = text.replace("attempt <= attempts;", "attempt <= 1;");
        assertThat(broken).isNotEqualTo(text);
        Files.writeString(client, broken);
        var run = mvnTestAgain(installation, Installation.javaHome(), "");
        assertThat(run.succeeded()).isFalse();
        assertThat(run.output())
                .contains("Tests run: 9, Failures: 1, Errors: 4")
                .containsPattern(FAILURE)
                .contains("expected 3 packets: query for a.test; 1 came\n");
    }
}

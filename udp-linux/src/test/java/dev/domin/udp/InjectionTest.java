package dev.domin.udp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * System calls of another process fail, by strace: once, ten times, or from some call on. Only with {@code -Psoak}. The
 * endpoint answers again, or it is closed; what it has received is counted. Calls are counted for each thread.
 */
@Tag("soak")
@Timeout(1200)
class InjectionTest {

    private static final int MOST_QUESTIONS = 2000;
    private static final int PATIENCE_MILLIS = 30;
    private static final int END_SECONDS = 120;
    private static final Pattern CLOSED = Pattern.compile("closed (\\d+) (\\d+) (\\d+)");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "OFF, sendto, ENOBUFS",
        "OFF, sendto, EPERM",
        "OFF, recvfrom, ENOMEM",
        "OFF, socket, EMFILE",
        "OFF, bind, ENOMEM",
        "OFF, setsockopt, ENOBUFS",
        "NOW, recvmmsg, ENOMEM",
        "NOW, sendmmsg, ENOBUFS",
        "NOW, sendmmsg, EPERM",
        "NOW, socket, EMFILE",
        "NOW, bind, ENOBUFS",
        "NOW, getsockopt, ENOBUFS"
    })
    void shouldAnswerAgainOrCloseWhateverFails(Batching batching, String call, String error) throws Exception {
        assumeTrue(hasStrace(), "strace is not installed, or must not trace");
        int injected = 0;
        for (String when : List.of("1", "2", "3", "5", "2..11", "2+")) {
            injected += run(batching, call, error, when);
        }
        System.out.println("injected: " + call + " " + error + ", " + batching + ": " + injected + " times");
    }

    private static boolean hasStrace() {
        try {
            return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int run(Batching batching, String call, String error, String when) throws Exception {
        Path trace = directory.resolve("trace");
        Path errors = directory.resolve("errors");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-o", trace.toString()));
        command.addAll(List.of("-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + when));
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                InjectedEcho.class.getName(),
                batching.name()));
        String what = call + " " + error + " " + when + " " + batching;
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader output = process.inputReader(UTF_8);
                Writer input = process.outputWriter(UTF_8)) {
            String first = output.readLine();
            if (first == null) { // the virtual machine itself has not started
                assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                        .as(what)
                        .isTrue();
            } else if (first.startsWith("refused: ")) {
                assertThat(first).as(what).doesNotContain("Exception");
            } else {
                ask(Integer.parseInt(first.substring("port ".length())), when.endsWith("+"), what);
                input.write("\n");
                input.flush();
                String last = output.readLine();
                assertThat(last).as(what + ": " + Files.readString(errors)).isNotNull();
                Matcher closed = CLOSED.matcher(last);
                assertThat(closed.matches()).as(what + ": " + last).isTrue();
                assertThat(Long.parseLong(closed.group(1)))
                        .as(what + ": " + last)
                        .isEqualTo(Long.parseLong(closed.group(2)) + Long.parseLong(closed.group(3)));
            }
            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(what).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String traced = Files.readString(trace);
        return (traced.length() - traced.replace("(INJECTED)", "").length()) / "(INJECTED)".length();
    }

    /** Asks until there are answers again, or for a while where there may be none. */
    private static void ask(int port, boolean forGood, String what) throws Exception {
        try (Client client = new Client(port)) {
            int answered = 0;
            for (int i = 0; i < (forGood ? 20 : MOST_QUESTIONS) && answered < 20; i++) {
                client.send("question " + i);
                byte[] answer = client.receive(PATIENCE_MILLIS);
                answered = answer == null ? 0 : answered + 1;
            }
            assertThat(forGood || answered == 20).as(what + ": answers").isTrue();
        }
    }
}

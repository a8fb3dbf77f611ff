package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guide's commands build the example plugin with its own tests, outside this build, and it serves real clients.
 */
@Timeout(900)
@ExtendWith(Installation.Shared.class)
class OutsidePluginTest {

    private static final int PACKET_LENGTH = 48;

    @TempDir
    static Path work;

    private static Installation installation;
    private static ShellCommand commands;
    private static int port;

    @BeforeAll
    static void buildAndServe(Installation shared) throws IOException {
        installation = shared;
        commands = GuideCommands.start(installation);
        port = commands.out().awaitPort();
    }

    @AfterAll
    static void stop() {
        if (commands != null) {
            commands.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spi",
                "processor",
                "udp",
                "udp-linux",
                "testkit",
                "junit",
                "lang",
                "runtime",
                "plugins",
                "inspector"
            })
    void shouldInstallSourcesAndJavadocToo(String module) throws IOException {
        var artifact = "domin-" + module;
        try (var installed = Files.walk(installation.repository().resolve("dev/domin/" + artifact))) {
            assertThat(installed.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceAll("-\\d[\\d.]*(-SNAPSHOT)?", ""))
                    .containsExactlyInAnyOrder(artifact + ".jar", artifact + "-sources.jar", artifact + "-javadoc.jar");
        }
    }

    @Test
    void shouldInstallOnlyModulesThatCanBeUsed() {
        assertThat(installation.repository().resolve("dev/domin")).isDirectoryNotContaining("glob:**conformance*");
    }

    @Test
    void shouldRunTheBuildOfTheCommands() {
        assertThat(installation.home().resolve("cli/target/domin.commit")).hasContent(Installation.COMMIT);
        assertThat(commands.err().text())
                .contains("creating the start-up cache")
                .doesNotContain("building");
    }

    @Test
    void shouldShowThePagesOfThePlugin() {
        assertThat(commands.out().text()).contains("ntp.IsRequest(blob packet)");
    }

    @Test
    void shouldReportAnErrorAsInTheGuide() throws IOException {
        var expected = Documentation.sample("docs/writing-a-plugin.md", "ntp.dom:");
        var example = installation.home().resolve("examples/plugin-ntp");
        var text = Files.readString(example.resolve("ntp.dom"));
        var script =
                Files.writeString(work.resolve("ntp.dom"), text.replace("    if (!ntp.IsRequest", "    // if (!ntp"));
        try (var domin = DominProcess.start(
                        "--plugins", example.resolve("target").toString(), script.toString());
                var client = new UdpClient(domin.out().awaitPort())) {
            client.send(new byte[1]);
            await().until(() -> domin.err().text().contains("127.0.0.1:"));
            domin.terminate();
            String loaded = "domin: loaded the plugin NtpPlugin (org.example.ntp.NtpPlugin) from ";
            assertThat(SampleOutputTest.withoutPort(domin.err().text()).replace(work + "/", ""))
                    .startsWith(loaded + example.resolve("target"))
                    .contains(".jar\n" + SampleOutputTest.withoutPort(expected));
        }
    }

    @Test
    void shouldServeTheTimeToChrony() {
        var output = Tool.require("chronyd", "chrony")
                .run(
                        "",
                        "-U", // also works for a user who is not root
                        "-x", // does not change the clock
                        "-Q",
                        "-t",
                        "20",
                        "server 127.0.0.1 port " + port + " iburst maxsamples 1",
                        "pidfile " + work.resolve("chronyd.pid"));
        assertThat(output).containsPattern("System clock wrong by -?\\d+\\.\\d+ seconds");
    }

    @Test
    void shouldAnswerAValidPacketAfterAThousandInvalidOnes() {
        var errors = commands.err().text();
        var random = new Random(20260101);
        try (var client = new UdpClient(port)) {
            for (int i = 0; i < 1000; i++) {
                var bad = new byte[random.nextInt(i % 10 == 0 ? 2000 : 2 * PACKET_LENGTH)];
                random.nextBytes(bad);
                if (bad.length > 0) {
                    bad[0] &= (byte) ~7; // not from a client, so there is no answer
                }
                client.send(bad);
            }
            byte[] request = new byte[PACKET_LENGTH];
            request[0] = 3 << 3 | 3;
            request[PACKET_LENGTH - 1] = 99;
            client.send(request);
            var reply = client.receive().orElseThrow();
            assertThat(reply).hasSize(PACKET_LENGTH);
            assertThat(reply[0] & 0x3F).as("version and mode").isEqualTo(3 << 3 | 4);
            assertThat(Arrays.copyOfRange(reply, 24, 32))
                    .as("the origin is the client's timestamp")
                    .containsExactly(0, 0, 0, 0, 0, 0, 0, 99);
        }
        assertThat(commands.err().text()).isEqualTo(errors);
    }
}

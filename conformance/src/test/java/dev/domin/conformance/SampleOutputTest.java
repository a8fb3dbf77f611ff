package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** domin prints the sample output in the README. */
class SampleOutputTest {

    @TempDir
    private Path folder;

    @Test
    void shouldPrintTheServersAtTheEndAsInTheReadme() {
        var expected = Documentation.sample("README.md", "id=1 state=");
        var handled = expected.replaceFirst("(?s).* handled=(\\d+) .*", "$1");
        try (var echo = DominProcess.startExample("echo.dom");
                var client = new UdpClient(echo.out().awaitPort())) {
            for (int i = 0; i < Integer.parseInt(handled); i++) {
                client.send("hello");
                assertThat(client.receive()).isPresent();
            }
            assertThat(echo.terminate()).isEqualTo(DominProcess.TERMINATED);
            assertThat(withoutPort(echo.err().text())).isEqualTo(withoutPort(expected));
        }
    }

    @Test
    void shouldReportAnErrorAsInTheReadme() throws IOException {
        var expected = Documentation.sample("README.md", "echo.dom:4:45: error");
        var line = expected.lines().toList().get(1).replaceFirst(" +4 \\|", "");
        var script = Files.writeString(folder.resolve("echo.dom"), """
                plugin "CallbackUdpServerPlugin"; callback i32 OnPacket(ref blob $X) { return(1); }
                i32 main() {
                  i64 $sid;
                %s
                  return(0);
                }
                """.formatted(line.substring(1)));
        try (var domin = DominProcess.start(script.toString())) {
            assertThat(domin.await()).isEqualTo(3);
            assertThat(domin.err().text().replace(folder + "/", "")).isEqualTo(expected);
        }
    }

    @Test
    void shouldResolveNamesWithTheScriptOfTheReadme() throws IOException {
        var dig = Tool.require("dig", "bind9-dnsutils");
        var script = Documentation.blocksOf(Project.file("README.md")).stream()
                .filter(block -> block.text().contains("192.0.2.1"))
                .findFirst()
                .orElseThrow();
        var file = Files.writeString(folder.resolve("dns.dom"), script.text());
        try (var dns = DominProcess.start(file.toString())) {
            var port = Integer.toString(dns.out().awaitPort());
            assertThat(dig.run("", "+short", "@127.0.0.1", "-p", port, "any.name.test"))
                    .isEqualTo("192.0.2.1\n");
        }
    }

    /** {@return the text with all ports replaced by one, since the system chooses them} */
    static String withoutPort(String text) {
        return text.replaceAll("(port=|127\\.0\\.0\\.1:)\\d+", "$1PORT");
    }
}

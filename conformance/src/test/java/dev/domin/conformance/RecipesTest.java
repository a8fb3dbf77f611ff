package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of docs/recipes.md, each with a client. They stay short: that is what they are for. */
@Timeout(180)
class RecipesTest {

    @TempDir
    Path folder;

    @Test
    void shouldCountSyslogMessages() throws IOException {
        var logger = Tool.require("logger", "bsdutils");
        try (var server = start("Count syslog messages by severity", 21)) {
            var port = Integer.toString(server.out().awaitPort());
            logger.run("", "-n", "127.0.0.1", "-P", port, "-d", "-p", "user.err", "one");
            await().until(() -> server.out().text().contains("err 1\n"));
            logger.run("", "-n", "127.0.0.1", "-P", port, "-d", "-p", "mail.err", "two");
            await().until(() -> server.out().text().contains("err 2\n"));
            assertNoErrors(server);
        }
    }

    @Test
    void shouldAnswerDigLateAndAtTheSecondQuery() throws IOException {
        var dig = Tool.require("dig", "bind9-dnsutils");
        try (var server = start("A DNS server with a slow name", 51)) {
            var port = Integer.toString(server.out().awaitPort());
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "+short", "Example.test"))
                    .isEqualTo("192.0.2.1\n");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "nothing.test")).contains("status: NXDOMAIN");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "slow.test"))
                    .contains("192.0.2.2")
                    .containsPattern("Query time: ([5-9]\\d\\d|\\d{4,}) msec");
            assertThat(dig.run("", "@127.0.0.1", "-p", port, "+timeout=1", "+tries=3", "+short", "lost.test"))
                    .contains("192.0.2.3\n");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldAnswerOptions() throws IOException {
        try (var server = start("A SIP responder for OPTIONS", 35);
                var client = new UdpClient(server.out().awaitPort())) {
            client.send("OPTIONS sip:a SIP/2.0\r\nVia: v\r\nMax-Forwards: 1\r\n"
                    + "To: t\r\nFrom: f\r\nCSeq: 1 OPTIONS\r\n\r\n");
            assertThat(client.receive().map(String::new))
                    .hasValue("SIP/2.0 200 OK\r\nVia: v\r\nTo: t;tag=domin\r\nFrom: f\r\nCSeq: 1 OPTIONS\r\n"
                            + "Allow: OPTIONS\r\nContent-Length: 0\r\n\r\n");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldSendMovesToAllPlayers() throws IOException {
        try (var server = start("A game server", 43);
                var ann = new UdpClient(server.out().awaitPort());
                var bob = new UdpClient(server.out().awaitPort())) {
            ann.send("join ann");
            assertThat(ann.receive().map(String::new)).hasValue("ann is at 0");
            bob.send("join bob");
            assertThat(ann.receive().map(String::new)).hasValue("bob is at 0");
            assertThat(bob.receive().map(String::new)).hasValue("bob is at 0");
            ann.send("right");
            assertThat(bob.receive().map(String::new)).hasValue("ann is at 1");
            ann.send("say hello");
            assertThat(bob.receive().map(String::new)).hasValue("ann says hello");
            assertNoErrors(server);
        }
    }

    @Test
    void shouldAuthenticate() throws IOException {
        var client = Tool.require("radclient", "freeradius-utils");
        try (var server = start("A RADIUS server", 51)) {
            var address = "127.0.0.1:" + server.out().awaitPort();
            assertThat(client.run(
                            "User-Name = ann, User-Password = secret\n", "-r", "1", address, "auth", "testing123"))
                    .contains("Received Access-Accept");
            assertThat(client.run(
                            "User-Name = ann, User-Password = Secret\n", "-r", "1", address, "auth", "testing123"))
                    .contains("Received Access-Reject");
            assertNoErrors(server);
        }
    }

    private DominProcess start(String heading, int maxLines) throws IOException {
        var page = Files.readString(Project.file("docs/recipes.md"));
        var block = Pattern.compile("## " + heading + "[^\n]*\n\n```dom\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as("a recipe with the heading %s", heading).isTrue();
        assertThat(block.group(1).lines().filter(line -> !line.isBlank()).count())
                .as("lines of the recipe that are not blank")
                .isLessThanOrEqualTo(maxLines);
        return DominProcess.start(
                Files.writeString(folder.resolve("recipe.dom"), block.group(1)).toString());
    }

    private static void assertNoErrors(DominProcess process) {
        assertThat(process.terminate()).isEqualTo(DominProcess.TERMINATED);
        assertThat(process.err().text()).doesNotContain("error").contains("dropped=0");
    }
}

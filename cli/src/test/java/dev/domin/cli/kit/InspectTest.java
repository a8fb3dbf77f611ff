package dev.domin.cli.kit;

import static dev.domin.cli.kit.RunningCommand.LONG;
import static dev.domin.cli.kit.RunningCommand.run;
import static dev.domin.cli.kit.RunningCommand.start;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.domin.testkit.UdpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --inspect}: what the page gets of a script. */
@Tag("timing")
@Timeout(120)
class InspectTest {

    private static final Pattern ADDRESS =
            Pattern.compile("domin: inspector: (http://127\\.0\\.0\\.1:\\d+/[A-Za-z0-9_-]{22}/)\n");

    private static final String SCRIPT = """
            struct Header packet { u16be id; u8 kind; }
            callback i32 OnPacket(ref blob $X) {
                blob $Q = packet.Payload($X);
                if (packet.Text($X) == "stop") { map.PutInt("all", "stop", 1); return(0); }
                i32 $zero = 0;
                if ($Q.Length < structsize(Header)) { return(1 / $zero); }
                $Q assign Header;
                printf("id %d\\n", $Q.id);
                return(1);
            }
            i32 main() {
                map.Create("all", 2);
                printf("listening on 127.0.0.1:%d\\n", callbackudpserver.Port(callbackudpserver.Open("OnPacket", -1)));
                while (!map.HasKey("all", "stop")) { timer.SleepMs(5); }
                return(0);
            }
            """;

    @TempDir
    Path folder;

    private static URI page(RunningCommand script) {
        var address = ADDRESS.matcher(script.err());
        assertThat(address.find()).as(script.err()).isTrue();
        return URI.create(address.group(1));
    }

    private static JsonObject get(URI page, String path) throws IOException {
        try (var in = page.resolve(path).toURL().openStream()) {
            return JsonParser.parseString(new String(in.readAllBytes(), UTF_8)).getAsJsonObject();
        }
    }

    private static void post(URI page, String path, String body) throws IOException {
        var connection = (HttpURLConnection) page.resolve(path).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(UTF_8));
        assertThat(connection.getResponseCode()).isEqualTo(200);
    }

    @Test
    void shouldShowAScript() throws Exception {
        try (var script = start("--inspect", "-e", SCRIPT);
                var client = UdpClient.to(script.address())) {
            var page = page(script);
            client.ask(new byte[] {1, 2, 3, 4}, LONG);
            client.send("x");
            client.send("y"); // the second failure at this place
            await().atMost(LONG)
                    .until(() -> get(page, "packets?count=9&filter=fate:failed")
                                    .getAsJsonArray("rows")
                                    .size()
                            == 2);

            var state = get(page, "state");
            assertThat(state.get("title").getAsString()).isEqualTo("-e");
            assertThat(state.get("script").getAsBoolean()).isTrue();
            var server = state.getAsJsonArray("servers").get(0).getAsJsonObject();
            assertThat(server.get("info").getAsString())
                    .startsWith("id=1 state=open stateCode=1 callback=OnPacket timeout=-1 port=" + script.port());

            var packet = get(page, "packet?position=0");
            var struct = packet.getAsJsonObject("struct");
            assertThat(struct.get("name").getAsString()).isEqualTo("Header");
            assertThat(struct.get("variable").getAsString()).isEqualTo("$Q");
            assertThat(struct.getAsJsonArray("fields").get(0).toString())
                    .isEqualTo("{\"name\":\"id\",\"type\":\"u16be\",\"offset\":0,\"size\":2,"
                            + "\"value\":\"258 (0x0102)\"}");
            assertThat(packet.get("failure").isJsonNull()).isTrue();
            for (int position : new int[] {2, 3}) {
                var failure = get(page, "packet?position=" + position).getAsJsonObject("failure");
                assertThat(failure.get("message").getAsString()).isEqualTo("division by zero");
                assertThat(failure.get("line").getAsInt()).isEqualTo(6);
                assertThat(failure.get("source").getAsString()).contains("return(1 / $zero)");
                assertThat(failure.get("rendered").getAsString())
                        .startsWith("-e:6:")
                        .contains("^");
            }

            var source = get(page, "source");
            assertThat(source.get("text").getAsString()).isEqualTo(SCRIPT);
            assertThat(source.getAsJsonArray("errors")).hasSize(1);
            assertThat(source.getAsJsonArray("errors")
                            .get(0)
                            .getAsJsonObject()
                            .get("kind")
                            .getAsString())
                    .isEqualTo("runtime");

            var lines = get(page, "output?after=0").getAsJsonArray("lines").toString();
            assertThat(lines)
                    .contains("\"stream\":\"out\",\"text\":\"id 258\"")
                    .contains("\"stream\":\"err\",\"text\":\"-e:6:");
            assertThat(script.out()).contains("id 258\n"); // as without the page
            assertThat(script.err()).contains("division by zero");

            client.send("stop");
            assertThat(script.status()).isEqualTo(1);
            assertThatThrownBy(() -> get(page, "state")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldCombineWithTheOtherOptions() throws Exception {
        var file = folder.resolve("run.pcapng");
        var journal = folder.resolve("run.jsonl");
        try (var script = start(
                        "--inspect",
                        "--trace",
                        "--faults",
                        "in.drop=1",
                        "--record",
                        file.toString(),
                        "--journal=" + journal,
                        "-e",
                        SCRIPT);
                var client = UdpClient.to(script.address())) {
            var page = page(script);
            client.send("lost");
            await().atMost(LONG)
                    .until(() -> get(page, "state")
                                    .getAsJsonObject("journal")
                                    .get("next")
                                    .getAsInt()
                            == 1);
            assertThat(get(page, "state").getAsJsonObject("faults").get("text").getAsString())
                    .isEqualTo("in.drop=1");
            client.ask("comes", LONG);
            post(page, "faults", "{\"text\":\"in.loss=100%\"}");
            client.send("lost, too");
            await().atMost(LONG)
                    .until(() -> get(page, "packets?count=9&filter=fate:fault")
                                    .getAsJsonArray("rows")
                                    .size()
                            == 2);
            post(page, "faults", "{\"text\":\"\"}");
            client.send("stop");
            assertThat(script.status()).isZero();
            assertThat(Files.readAllLines(journal)).hasSize(5);
            assertThat(Files.size(file)).isPositive();
            assertThat(script.err()).contains("OnPacket < 127.0.0.1:");
        }
    }

    @Test
    void shouldRefuseAWrongPortOrOneThatIsTaken() throws Exception {
        var wrong = run("--inspect=http", "-e", "1;");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("domin: --inspect takes a port from 0 to 65535, got `http`\n");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var script = run("--inspect=" + taken.getLocalPort(), "-e", "printf(\"ran\\n\");");
            assertThat(script.status()).isEqualTo(2);
            assertThat(script.err()).startsWith("domin: --inspect: port " + taken.getLocalPort() + " is taken");
            assertThat(script.out()).isEmpty();
        }
    }

    @Test
    void shouldServeNoPageForAScriptThatIsRefused() throws Exception {
        var refused = run("--inspect", "-e", "nonsense");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.err()).doesNotContain("inspector");
    }
}

package dev.domin.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.domin.testkit.UdpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code domin --watch --inspect}: the page shows each version of the script. */
@Tag("timing")
@Timeout(120)
class InspectedReloadTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("domin: inspector: (\\S+)\n");

    @TempDir
    private Path folder;

    private URI page = URI.create("http://127.0.0.1/");

    private JsonObject get(String path) throws IOException {
        try (var in = page.resolve(path).toURL().openStream()) {
            return JsonParser.parseString(new String(in.readAllBytes(), UTF_8)).getAsJsonObject();
        }
    }

    private JsonObject reload() throws IOException {
        return get("state").getAsJsonObject("reload");
    }

    private void awaitVersion(int number) {
        await().atMost(LONG).until(() -> reload().get("number").getAsInt() == number);
    }

    @Test
    void shouldShowReloadsAndErrors() throws Exception {
        String failing = WatchTest.answering("one")
                .replace(
                        "$X = blob.FromText",
                        "i32 $z = 0; if (packet.Text($X) == \"fail\") { $z = 1 / $z; }" + " $X = blob.FromText");
        try (var script = new WatchedScript(folder.resolve("served.dom"), failing, "--inspect")) {
            var server = new InetSocketAddress("127.0.0.1", script.port());
            var address = ADDRESS.matcher(script.err());
            assertThat(address.find()).isTrue();
            page = URI.create(address.group(1));
            awaitVersion(1);
            assertThat(reload().get("watching").getAsBoolean()).isTrue();
            try (var client = UdpClient.to(server)) {
                client.send("fail");
                assertThat(client.ask("x", LONG).text()).isEqualTo("one");
                assertThat(get("source").getAsJsonArray("errors")).hasSize(1);

                script.save(WatchTest.answering("broken").replace("return(1)", "retrun(1)"));
                awaitVersion(2);
                assertThat(reload().get("ok").getAsBoolean()).isFalse();
                var error = reload().getAsJsonArray("errors").get(0).getAsJsonObject();
                assertThat(error.get("kind").getAsString()).isEqualTo("error");
                assertThat(error.get("message").getAsString()).contains("retrun");
                assertThat(error.get("rendered").getAsString()).contains("served.dom:", "^");
                assertThat(get("source").get("text").getAsString()).contains("broken"); // where the errors are
                assertThat(client.ask("x", LONG).text()).isEqualTo("one");

                script.save(WatchTest.answering("two"));
                awaitVersion(3);
                assertThat(reload().get("ok").getAsBoolean()).isTrue();
                assertThat(client.ask("x", LONG).text()).isEqualTo("two");
                var source = get("source");
                assertThat(source.get("text").getAsString()).contains("two");
                assertThat(source.getAsJsonArray("errors")).isEmpty(); // the failure was of the version before
                var servers = get("state").getAsJsonArray("servers");
                var open = servers.asList().stream()
                        .map(each -> each.getAsJsonObject())
                        .filter(each -> each.get("state").getAsString().equals("open"))
                        .toList();
                assertThat(open).hasSize(1);
                assertThat(servers).hasSize(2);
                for (var each : servers) { // the closed one has the same address
                    var shown = each.getAsJsonObject();
                    assertThat(shown.get("info").getAsString())
                            .contains("state=" + shown.get("state").getAsString());
                }
                assertThat(open.getFirst().get("address").getAsString()).isEqualTo("127.0.0.1:" + server.getPort());
                assertThat(open.getFirst().get("info").getAsString()).startsWith("id=1 state=open");
                assertThat(get("output?after=0").toString()).contains("served.dom has been reloaded in");
            }
        }
    }
}

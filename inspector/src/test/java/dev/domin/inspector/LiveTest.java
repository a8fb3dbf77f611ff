package dev.domin.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.domin.testkit.Fate;
import dev.domin.testkit.Match;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.UdpTap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes all the time, and what the page does. */
@Timeout(120)
class LiveTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final UdpServer server = UdpServer.create().start();
    private final Inspector inspector = Inspector.of(server).start();
    private final Page page = new Page(inspector.uri());

    @AfterEach
    void close() {
        page.close();
        inspector.close();
        server.close();
    }

    private static double sum(JsonArray values) {
        double sum = 0;
        for (var each : values) {
            sum += each.isJsonNull() ? 0 : each.getAsDouble();
        }
        return sum;
    }

    @Test
    void shouldShowTheStateOfServersAndHandlers() throws Exception {
        server.when(Match.text("a")).reply("b");
        try (var client = UdpClient.to(server.address())) {
            client.ask("a", LONG);
            client.ask("a", LONG);
        }
        await().until(() -> page.json("state").getAsJsonArray("callbacks").size() == 1
                && page.json("state")
                                .getAsJsonArray("callbacks")
                                .get(0)
                                .getAsJsonObject()
                                .get("packets")
                                .getAsInt()
                        == 2);
        var state = page.json("state");
        assertThat(state.get("title").getAsString()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(state.get("script").getAsBoolean()).isFalse();
        assertThat(state.get("answering").getAsBoolean()).isTrue();
        assertThat(state.get("recording").getAsBoolean()).isTrue();
        var shown = state.getAsJsonArray("servers").get(0).getAsJsonObject();
        assertThat(shown.get("address").getAsString()).isEqualTo("127.0.0.1:" + server.port());
        assertThat(shown.get("state").getAsString()).isEqualTo("open");
        assertThat(shown.get("received").getAsLong()).isEqualTo(2);
        assertThat(shown.get("handled").getAsLong()).isEqualTo(2);
        assertThat(shown.get("sent").getAsLong()).isEqualTo(2);
        assertThat(shown.get("info").getAsString())
                .isEqualTo("state=open port=" + server.port() + " handled=2 dropped=0");
        var handler = state.getAsJsonArray("callbacks").get(0).getAsJsonObject();
        assertThat(handler.get("handled").getAsInt()).isEqualTo(2);
        assertThat(handler.get("p99").getAsDouble())
                .isGreaterThanOrEqualTo(handler.get("p50").getAsDouble())
                .isPositive();
        var journal = state.getAsJsonObject("journal");
        assertThat(journal.get("next").getAsLong()).isEqualTo(4);
        assertThat(journal.get("keepPackets").getAsInt()).isEqualTo(10_000);
        assertThat(page.json("source").get("text").getAsString()).isEmpty();
        assertThat(page.json("output?after=0").getAsJsonArray("lines")).isEmpty();
    }

    @Test
    void shouldMeasureWhatTheServersCount() throws Exception {
        server.when(Match.text("a")).reply("b");
        try (var client = UdpClient.to(server.address())) {
            for (int i = 0; i < 50; i++) {
                client.ask("a", LONG);
            }
        }
        await().until(() -> {
            double in = 0;
            var metrics = page.json("metrics");
            var times = metrics.getAsJsonArray("times");
            for (int i = 1; i < times.size(); i++) { // rates are per second, the steps nearly so
                double seconds = (times.get(i).getAsLong() - times.get(i - 1).getAsLong()) / 1e3;
                in += metrics.getAsJsonArray("in").get(i).getAsDouble() * seconds;
            }
            return Math.abs(in - 50) < 5 || times.size() < 2 && in == 0;
        });
        var metrics = page.json("metrics");
        assertThat(metrics.get("step").getAsInt()).isEqualTo(250);
        int samples = metrics.getAsJsonArray("times").size();
        for (String name : List.of("in", "answered", "dropped", "lost", "p50", "p99", "waitP50", "waitP99")) {
            assertThat(metrics.getAsJsonArray(name)).as(name).hasSize(samples);
        }
        await().until(() -> sum(page.json("metrics").getAsJsonArray("p50")) > 0);
        assertThat(sum(page.json("metrics").getAsJsonArray("answered"))).isPositive();
    }

    @Test
    void shouldSendAndShowWhatComesBack() throws Exception {
        server.when(Match.text("two")).reply(Reply.several(Reply.text("a"), Reply.text("b")));
        server.when(Match.hex("01 02")).silence();
        String to = "\"server\":\"127.0.0.1:" + server.port() + "\"";
        var answer = page.act("send", "{" + to + ",\"text\":\"two\",\"within\":10000}");
        assertThat(answer.getAsJsonArray("answers")).isNotEmpty(); // the second one, if it comes within 50 ms
        assertThat(answer.getAsJsonArray("answers")
                        .get(0)
                        .getAsJsonObject()
                        .get("hex")
                        .getAsString())
                .isEqualTo("61");
        assertThat(answer.get("position").getAsLong()).isZero();
        assertThat(page.json("packet?position=0").get("peer")).isEqualTo(answer.get("from"));

        var silent = page.act("send", "{" + to + ",\"hex\":\"01 02\",\"within\":50}");
        assertThat(silent.getAsJsonArray("answers")).isEmpty();
        var again = page.act("resend", "{\"position\":0,\"within\":10000}");
        assertThat(again.getAsJsonArray("answers")).isNotEmpty();
        assertThat(again.get("from")).isNotEqualTo(answer.get("from"));

        assertThat(page.refusal("send", "{\"server\":\"127.0.0.1:1\",\"text\":\"x\"}"))
                .isEqualTo("there is no open server at `127.0.0.1:1`; there are 127.0.0.1:" + server.port());
        assertThat(page.refusal("send", "{" + to + ",\"hex\":\"0\"}")).contains("pairs of hexadecimal digits");
        assertThat(page.refusal("send", "{" + to + "}")).contains("give hex or text");
        assertThat(page.refusal("send", "{" + to + ",\"text\":\"" + "x".repeat(65_508) + "\"}"))
                .contains("at most 65507 bytes");
        assertThat(page.refusal("resend", "{\"position\":1}")).contains("only packets that have arrived");
        assertThat(page.refusal("resend", "{\"position\":99}")).contains("the journal does not have this packet");
        assertThat(page.refusal("resend", "{}")).isEqualTo("give the position of a packet");
    }

    @Test
    void shouldReplaceFaults() throws Exception {
        server.when(Match.any()).reply("b");
        var set = page.act("faults", "{\"text\":\"in.drop=1\",\"seed\":42}").getAsJsonObject("faults");
        assertThat(set.get("seed").getAsLong()).isEqualTo(42);
        assertThat(set.get("text").getAsString()).isEqualTo("in.drop=1");
        assertThat(set.get("words").getAsString()).contains("nth(1).drop");
        try (var client = UdpClient.to(server.address())) {
            client.send("lost");
            assertThat(server.take(LONG).fate()).isEqualTo(Fate.FAULT);
            client.ask("comes", LONG);
        }
        assertThat(page.refusal("faults", "{\"text\":\"loss=lots\"}"))
                .isEqualTo("the fault `loss=lots` takes a chance from 0% to 100%, got `lots`");
        assertThat(page.json("state").getAsJsonObject("faults").get("text").getAsString())
                .isEqualTo("in.drop=1");
        page.act("faults", "{\"text\":\"\"}");
        assertThat(server.faults().toString()).isEmpty();
    }

    @Test
    void shouldPauseAnswering() throws Exception {
        server.when(Match.any()).reply("b");
        assertThat(page.act("answering", "{\"on\":false}").get("answering").getAsBoolean())
                .isFalse();
        page.act("faults", "{\"text\":\"out.duplicate=100%\"}");
        try (var client = UdpClient.to(server.address())) {
            client.send("a");
            await().until(() -> server.journal().sent().size() == 1);
            assertThat(server.journal().sent().getFirst().reason()).isEqualTo("answering is paused");
            var row = page.rows("").getAsJsonArray("rows").get(0).getAsJsonObject();
            assertThat(row.get("answerFate").getAsString()).isEqualTo("fault");
            page.act("answering", "{\"on\":true}");
            client.ask("a", LONG);
        }
        assertThat(page.refusal("answering", "{}")).isEqualTo("on takes true or false");
    }

    /** Reads events on a thread of its own, until the stream ends. */
    private static Thread read(URI address, List<String> events) {
        return Thread.ofPlatform().start(() -> {
            try (var in = new BufferedReader(
                    new InputStreamReader(address.resolve("events").toURL().openStream(), UTF_8))) {
                String name = "";
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        events.add(name + " " + line.substring(6));
                    }
                }
            } catch (IOException e) {
                events.add("failed " + e);
            }
        });
    }

    private static JsonObject data(String event) {
        return JsonParser.parseString(event.substring(event.indexOf(' ') + 1)).getAsJsonObject();
    }

    @Test
    void shouldTellThePageWhatChanges() throws Exception {
        server.when(Match.any()).reply("b");
        var events = new CopyOnWriteArrayList<String>();
        var reader = read(inspector.uri(), events);
        await().until(() -> events.stream().anyMatch(each -> each.startsWith("tick ")));
        assertThat(events.getFirst()).startsWith("state ");
        assertThat(data(events.getFirst())
                        .getAsJsonObject("journal")
                        .get("next")
                        .getAsLong())
                .isZero();
        try (var client = UdpClient.to(server.address())) {
            client.ask("a", LONG);
        }
        await().until(() -> events.stream()
                .filter(each -> each.startsWith("tick "))
                .anyMatch(each -> data(each).get("next").getAsLong() == 2
                        && data(each).getAsJsonObject("sample").has("waitP99")));
        await().until(() -> events.stream()
                .filter(each -> each.startsWith("state "))
                .anyMatch(each -> data(each).getAsJsonArray("callbacks").size() == 1));
        inspector.close("main returned");
        reader.join();
        assertThat(events.getLast()).isEqualTo("end {\"words\":\"main returned\"}");
    }

    @Test
    void shouldNotWaitForAPageThatReadsNothing() throws Exception {
        try (var socket = new Socket("127.0.0.1", inspector.uri().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + inspector.uri().getPath() + "events HTTP/1.1\r\nHost: 127.0.0.1:"
                                    + inspector.uri().getPort() + "\r\n\r\n")
                            .getBytes(UTF_8));
            await().until(() -> socket.getInputStream().available() > 0);
            assertThat(page.json("state").get("script").getAsBoolean()).isFalse();
            inspector.close();
        }
    }

    @Test
    void shouldLeaveNoThreadAndNoPort() throws Exception {
        var events = new ArrayList<String>();
        var reader = read(inspector.uri(), events);
        await().until(() -> page.json("metrics").getAsJsonArray("times").size() > 0);
        inspector.close();
        reader.join();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("domin-inspector") || name.startsWith("HTTP-Dispatcher"));
        assertThatThrownBy(() -> new Socket("127.0.0.1", inspector.uri().getPort()).close())
                .isInstanceOf(ConnectException.class);
        inspector.close(); // again
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, server.address().getAddress())) {
            assertThatThrownBy(() ->
                            Inspector.of(server).port(taken.getLocalPort()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("port " + taken.getLocalPort() + " is taken");
        }
        try (var tap = UdpTap.builder().withoutFaults().build()) {
            assertThatThrownBy(() -> Inspector.of(tap)).hasMessageContaining("withoutFaults()");
        }
    }
}

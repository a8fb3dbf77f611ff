package dev.domin.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.domin.testkit.Match;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.UdpTap;
import dev.domin.testkit.capture.CaptureReader;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of packets, and one of them. */
@Timeout(120)
class PacketsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private Page inspect(UdpServer server) {
        open.add(server);
        var inspector = Inspector.of(server).start();
        open.add(inspector);
        var page = new Page(inspector.uri());
        open.add(page);
        return page;
    }

    private static JsonObject row(JsonObject rows, int index) {
        return rows.getAsJsonArray("rows").get(index).getAsJsonObject();
    }

    @Test
    void shouldListPacketsWithTheirAnswers() throws Exception {
        var server = UdpServer.create().start();
        var page = inspect(server);
        server.when(Match.text("two")).reply(Reply.several(Reply.text("first"), Reply.text("second!")));
        try (var client = UdpClient.to(server.address())) {
            client.ask("two", LONG);
            client.await(LONG);
            client.send(new byte[] {0, 'A', (byte) 200});
            server.await(2, Match.any(), LONG);
            server.send(Reply.text("news"), client.address());
            client.await(LONG);
            var rows = page.rows("");
            assertThat(rows.get("error").isJsonNull()).isTrue();
            assertThat(rows.get("complete").getAsBoolean()).isTrue();
            assertThat(rows.get("nextMatch").getAsLong()).isEqualTo(3);
            assertThat(rows.get("next").getAsLong()).isEqualTo(5);
            var asked = row(rows, 0);
            assertThat(asked.get("direction").getAsString()).isEqualTo("in");
            assertThat(asked.get("peer").getAsString())
                    .isEqualTo("127.0.0.1:" + client.address().getPort());
            assertThat(asked.get("words").getAsString()).isEqualTo("answered");
            assertThat(asked.get("class").getAsString()).isEqualTo("ok");
            assertThat(asked.get("name").getAsString()).contains("two");
            assertThat(asked.get("gap").isJsonNull()).isTrue();
            assertThat(asked.get("took").getAsDouble()).isPositive();
            assertThat(asked.get("waited").getAsDouble()).isNotNegative();
            assertThat(asked.get("answers").getAsInt()).isEqualTo(2);
            assertThat(asked.get("answerLength").getAsInt()).isEqualTo(5);
            assertThat(asked.get("answerFate").getAsString()).isEqualTo("sent");
            var silent = row(rows, 1);
            assertThat(silent.get("head").getAsString()).isEqualTo("0041c8");
            assertThat(silent.get("text").getAsString()).isEqualTo("·A·");
            assertThat(silent.get("class").getAsString()).isEqualTo("silent");
            assertThat(silent.get("answerLength").isJsonNull()).isTrue();
            assertThat(silent.get("gap").getAsDouble()).isPositive();
            assertThat(row(rows, 2).get("direction").getAsString()).isEqualTo("out");
            assertThat(row(rows, 2).get("class").getAsString()).isEqualTo("sent");
            var only = page.rows("hex:41 len=3");
            assertThat(only.getAsJsonArray("rows")).hasSize(1);
            assertThat(row(only, 0).get("gap")).isEqualTo(silent.get("gap")); // since the row before in the journal
        }
    }

    @Test
    void shouldShowEverythingOfAPacket() throws Exception {
        var server = UdpServer.create().start();
        var page = inspect(server);
        server.when(Match.text("two")).reply(Reply.several(Reply.text("a"), Reply.text("b")));
        try (var client = UdpClient.to(server.address())) {
            client.ask("two", LONG);
            client.await(LONG);
            client.send("x");
            server.await(2, Match.any(), LONG);
        }
        var packet = page.json("packet?position=0");
        assertThat(packet.get("hex").getAsString()).isEqualTo("74776f");
        assertThat(packet.get("command").getAsString())
                .isEqualTo("domin send 127.0.0.1:" + server.port() + " --hex '74 77 6f'");
        assertThat(packet.get("junit").getAsString())
                .startsWith("server.when(Match.hexExactly(\"74 77 6f\")).reply(Reply.several(")
                .contains("Reply.hex(\"61\")", "Reply.hex(\"62\")");
        assertThat(packet.getAsJsonArray("answersFull")).hasSize(2);
        var answer = packet.getAsJsonArray("answersFull").get(0).getAsJsonObject();
        assertThat(answer.get("hex").getAsString()).isEqualTo("61");
        assertThat(answer.get("afterMicros").getAsDouble()).isPositive();
        assertThat(packet.get("struct").isJsonNull()).isTrue();
        assertThat(packet.get("failure").isJsonNull()).isTrue();
        assertThat(page.json("packet?position=3").get("junit").getAsString()).endsWith(".silence();");
        assertThat(page.get("packet?position=99").statusCode()).isEqualTo(404);
        assertThat(page.get("packet?position=x").statusCode()).isEqualTo(400);
        assertThat(page.get("packet").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldExplainAWrongFilter() throws Exception {
        var page = inspect(UdpServer.echo().start());
        var error = page.rows("a fate:x").getAsJsonObject("error");
        assertThat(error.get("at").getAsInt()).isEqualTo(7);
        assertThat(error.get("message").getAsString()).startsWith("no fate begins with `x`");
        assertThat(page.get("capture?filter=" + Page.encode("len>")).statusCode())
                .isEqualTo(400);
        assertThat(page.get("packets?count=x").statusCode()).isEqualTo(400);
        assertThat(page.raw("", "GET /TOKEN/packets?filter=%zz HTTP/1.1", "Host: HOST"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void shouldTestAPacketAgainWhenItsFateIsDecided() throws Exception {
        var release = new CountDownLatch(1);
        var server = UdpServer.answering(packet -> {
                    release.await();
                    return Reply.text("late");
                })
                .start();
        var page = inspect(server);
        try (var client = UdpClient.to(server.address())) {
            client.send("slow");
            await().until(() -> page.rows("fate:pending").getAsJsonArray("rows").size() == 1);
            assertThat(page.rows("fate:answered").getAsJsonArray("rows")).isEmpty();
            release.countDown();
            client.await(LONG);
        }
        assertThat(page.rows("fate:pending").getAsJsonArray("rows")).isEmpty();
        assertThat(page.rows("fate:answered").getAsJsonArray("rows")).hasSize(1);
    }

    @Test
    void shouldReadAnyPartOfManyPackets() throws Exception {
        int total = 20_000;
        var tap = UdpTap.builder().keep(15_000, 64 << 20).build();
        open.add(tap);
        var endpoint = UdpEndpoint.open(tap.addTo("sink", UdpOptions.builder()).build(), packet -> {});
        open.add(endpoint);
        var inspector = Inspector.of(tap).start();
        open.add(inspector);
        var page = new Page(inspector.uri());
        open.add(page);
        try (var client = UdpClient.to(endpoint.address())) {
            for (int i = 1; i <= total; i++) {
                client.send("packet " + i);
                if (i % 100 == 0) {
                    int sent = i;
                    await().pollInterval(Duration.ofMillis(1))
                            .until(() -> tap.journal().next() == sent);
                }
                if (i == 3_000) {
                    page.rows("packet"); // from here on two filters follow
                    page.rows("00");
                }
            }
        }
        await().until(() -> page.rows("").get("complete").getAsBoolean());
        var end = page.json("packets?from=end&count=3&filter=");
        assertThat(row(end, 2).get("number").getAsLong()).isEqualTo(total);
        assertThat(end.get("nextMatch").getAsLong()).isEqualTo(total - 5_000); // since it was first asked
        assertThat(end.get("from").getAsLong()).isEqualTo(total - 5_003);
        assertThat(end.get("forgotten").getAsLong()).isEqualTo(5_000);
        assertThat(end.get("first").getAsLong()).isEqualTo(5_000);

        await().until(() -> page.rows("packet").get("complete").getAsBoolean());
        var old = page.json("packets?from=7&count=2&filter=packet");
        long first = old.get("firstMatch").getAsLong();
        assertThat(first).isBetween(1L, 3_000L); // it has tested some of those that are forgotten now
        assertThat(old.get("nextMatch").getAsLong() - first).isEqualTo(15_000);
        assertThat(old.get("from").getAsLong()).isEqualTo(first);
        assertThat(row(old, 0).get("number").getAsLong()).isEqualTo(5_001);
        var middle = page.json("packets?from=" + (first + 7_345) + "&count=2&filter=packet");
        assertThat(row(middle, 0).get("number").getAsLong()).isEqualTo(12_346);
        await().until(() -> page.rows("00").get("complete").getAsBoolean());
        var hundreds = page.json("packets?from=end&count=500&filter=00");
        assertThat(row(hundreds, hundreds.getAsJsonArray("rows").size() - 1)
                        .get("number")
                        .getAsLong())
                .isEqualTo(total);
        assertThat(hundreds.getAsJsonArray("rows"))
                .allSatisfy(
                        each -> assertThat(each.getAsJsonObject().get("number").getAsString())
                                .contains("00"));
        assertThat(page.get("packet?position=10").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldForgetAndGoOn() throws Exception {
        var server = UdpServer.echo().start();
        var page = inspect(server);
        try (var client = UdpClient.to(server.address())) {
            client.ask("a", LONG);
            client.ask("b", LONG);
            assertThat(page.rows("").getAsJsonArray("rows")).hasSize(2);
            page.act("clear", "{}");
            var empty = page.rows("");
            assertThat(empty.getAsJsonArray("rows")).isEmpty();
            assertThat(empty.get("firstMatch").getAsLong()).isEqualTo(2);
            client.ask("c", LONG);
            var next = page.rows("");
            assertThat(next.getAsJsonArray("rows")).hasSize(1);
            assertThat(next.get("from").getAsLong()).isEqualTo(2);
            assertThat(row(next, 0).get("position").getAsLong()).isEqualTo(4);
        }
    }

    @Test
    void shouldKeepIndicesWhenManyFiltersAreAskedFor() throws Exception {
        var server = UdpServer.echo().keep(10, 1 << 20).start();
        var page = inspect(server);
        try (var client = UdpClient.to(server.address())) {
            for (int i = 1; i <= 20; i++) {
                client.ask("a", LONG);
                assertThat(page.rows("").get("nextMatch").getAsLong()).isEqualTo(i);
            }
            for (int i = 0; i < 20; i++) {
                page.rows("len>" + i);
            }
            client.ask("b", LONG);
            var rows = page.rows(" ");
            assertThat(rows.get("nextMatch").getAsLong()).isEqualTo(21);
            assertThat(rows.get("firstMatch").getAsLong()).isEqualTo(16);
            assertThat(row(rows, 4).get("text").getAsString()).isEqualTo("b");
        }
    }

    @Test
    void shouldFollowAServerThatIsStartedAgain() throws Exception {
        var server = UdpServer.echo().start();
        var page = inspect(server);
        try (var client = UdpClient.to(server.address())) {
            client.ask("before", LONG);
        }
        assertThat(page.rows("").getAsJsonArray("rows")).hasSize(1);
        server.close();
        server.start();
        assertThat(page.rows("").getAsJsonArray("rows")).isEmpty();
        try (var client = UdpClient.to(server.address())) {
            client.ask("after", LONG);
        }
        assertThat(row(page.rows(""), 0).get("text").getAsString()).isEqualTo("after");
    }

    @Test
    void shouldDownloadWhatMatchesAsACapture() throws Exception {
        var server = UdpServer.echo().start();
        var page = inspect(server);
        server.faults().requests().nth(3).drop();
        try (var client = UdpClient.to(server.address())) {
            client.ask("one", LONG);
            client.ask("two", LONG);
            client.send("three");
            server.await(3, Match.any(), LONG);
            var response = page.get("capture?filter=" + Page.encode("-one"));
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/vnd.tcpdump.pcap");
            assertThat(response.headers().firstValue("Content-Disposition"))
                    .hasValue("attachment; filename=\"domin.pcapng\"");
            Path file = folder.resolve("domin.pcapng");
            Files.write(file, response.body());
            var texts = new ArrayList<String>();
            var comments = new ArrayList<String>();
            for (var datagram : CaptureReader.readAll(file)) {
                texts.add(datagram.text());
                comments.add(datagram.comment().toString());
                assertThat(datagram.source().getPort())
                        .isIn(server.port(), client.address().getPort());
            }
            assertThat(texts).containsExactly("two", "two", "three");
            assertThat(comments.get(2)).contains("fate: fault", "nth(3)");
        }
    }
}

package dev.domin.inspector.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.domin.testkit.Match;
import dev.domin.testkit.Packet;
import dev.domin.testkit.Reply;
import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static UdpServer server;
    private static int client;

    /** Packets 1 to 4: answered, silent, lost by a fault, failed. */
    @BeforeAll
    static void start() {
        server = UdpServer.create().start();
        server.when(Match.prefix("GET")).reply(Reply.text("Answer"));
        server.when(Match.text("boom")).fail("on purpose");
        server.faults().requests().nth(3).drop();
        try (var asking = UdpClient.to(server.address())) {
            client = asking.address().getPort();
            asking.ask("GET Grüße a:b", LONG);
            asking.send(new byte[] {1, 2, 3, 4});
            asking.send("lost");
            asking.send("boom");
            server.await(4, Match.any(), LONG);
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static List<Long> numbers(String filter) throws FilterException {
        var parsed = Filter.of(filter);
        return server.journal().received().stream()
                .filter(parsed)
                .map(Packet::number)
                .toList();
    }

    @Test
    void shouldMatchWordsAnywhere() throws Exception {
        assertThat(numbers("")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(numbers("  ")).hasSize(4);
        assertThat(numbers("get")).containsExactly(1L);
        assertThat(numbers("GRüße")).containsExactly(1L);
        assertThat(numbers("a:b")).containsExactly(1L);
        assertThat(numbers("\"GET Gr\"")).containsExactly(1L);
        assertThat(numbers("answered")).containsExactly(1L);
        assertThat(numbers("127.0.0.1")).hasSize(4);
        assertThat(numbers("nth(3)")).containsExactly(3L); // the fault
        assertThat(numbers("purpose")).containsExactly(4L); // the reason
        assertThat(numbers("in")).isEmpty();
    }

    @Test
    void shouldCombineAndNegateTerms() throws Exception {
        assertThat(numbers("-get")).containsExactly(2L, 3L, 4L);
        assertThat(numbers("-get -lost")).containsExactly(2L, 4L);
        assertThat(numbers("get lost")).isEmpty();
        assertThat(numbers("-\"GET G\" -fate:lost len=4")).containsExactly(2L, 4L);
    }

    @Test
    void shouldMatchBytes() throws Exception {
        assertThat(numbers("hex:02")).containsExactly(2L);
        assertThat(numbers("hex:01 ?? 03")).containsExactly(2L);
        assertThat(numbers("HEX:01??03 04 len=4")).containsExactly(2L);
        assertThat(numbers("hex:01 03")).isEmpty();
        assertThat(numbers("hex:01 02 03 04 05")).isEmpty();
        assertThat(numbers("hex:4745 get")).containsExactly(1L); // `get` is no pair of digits
        assertThat(numbers("-hex:01")).containsExactly(1L, 3L, 4L);
    }

    @Test
    void shouldMatchWhatIsKnownOfAPacket() throws Exception {
        assertThat(numbers("peer:127.0.0.1:" + client)).hasSize(4);
        assertThat(numbers("peer::1")).hasSize(String.valueOf(client).startsWith("1") ? 4 : 0);
        assertThat(numbers("server:" + server.port())).hasSize(4);
        assertThat(numbers("fate:answered")).containsExactly(1L);
        assertThat(numbers("fate:sil")).containsExactly(2L);
        assertThat(numbers("fate:handled")).containsExactly(1L, 2L);
        assertThat(numbers("fate:fault")).containsExactly(3L);
        assertThat(numbers("fate:DROPPED")).containsExactly(4L);
        assertThat(numbers("dir:in")).hasSize(4);
        assertThat(numbers("dir:out")).isEmpty();
        assertThat(numbers("#2")).containsExactly(2L);
        assertThat(numbers("len>4")).containsExactly(1L);
        assertThat(numbers("len>=4")).hasSize(4);
        assertThat(numbers("len<4")).isEmpty();
        assertThat(numbers("len<=4")).containsExactly(2L, 3L, 4L);
        assertThat(numbers("took<1000s")).containsExactly(1L, 2L, 4L); // the lost one did not reach the handler
        assertThat(numbers("took>1000s")).isEmpty();
        assertThat(numbers("waited>=0ns")).containsExactly(1L, 2L, 4L);
    }

    @Test
    void shouldTakeWordsThatOnlyBeginLikeATerm() throws Exception {
        assertThat(numbers("len")).isEmpty();
        assertThat(numbers("took")).isEmpty();
        assertThat(numbers("fate")).isEmpty();
    }

    private static void assertWrong(String filter, int place, String words) {
        assertThatThrownBy(() -> Filter.of(filter))
                .as(filter)
                .hasMessageContaining(words)
                .asInstanceOf(type(FilterException.class))
                .extracting(FilterException::place)
                .isEqualTo(place);
    }

    @Test
    void shouldNameThePlaceAndWhatMayStandThere() {
        assertWrong("a fate:lste", 7, "no fate begins with `lste`; there are pending, answered, handled, silent");
        assertWrong("fate:", 5, "fate: takes a fate; there are pending");
        assertWrong("hex:", 4, "hex: takes pairs of digits and ?? for any byte, such as hex:01 ?? 03");
        assertWrong("hex:0g", 4, "got `0g`");
        assertWrong("hex:0", 4, "got `0`");
        assertWrong("len>", 4, "len> takes a number of bytes, such as 100");
        assertWrong("len>=abc", 5, "got `abc`");
        assertWrong("took>5", 5, "took> takes a time with a unit, such as 5ms, 1.5s or 300us, got `5`");
        assertWrong("a \"b", 2, "the quotes are not closed");
        assertWrong("\"\"", 0, "the quotes are empty");
        assertWrong("a -", 2, "`-` negates the term behind it");
        assertWrong("- a", 0, "`-` negates");
        assertWrong("#x", 1, "the number of a packet");
        assertWrong("peer:", 5, "peer: takes an address");
        assertWrong("server: x", 7, "server: takes an address");
        assertWrong("dir:up", 4, "dir: takes in or out");
    }

    @Test
    void shouldTakeAndRefuseLongFilters() throws Exception {
        assertThat(numbers("hex:" + "01".repeat(3_900))).isEmpty();
        assertThat(numbers("hex:" + "??".repeat(4))).isNotEmpty();
        assertThatThrownBy(() -> Filter.of("hex:" + "01".repeat(50_000)))
                .hasMessage("a filter takes at most 8000 characters, got 100004");
        assertThat(numbers("1 ".repeat(100))).hasSize(4);
        assertThatThrownBy(() -> Filter.of("1 ".repeat(101)))
                .hasMessageStartingWith("a filter takes at most 100 terms")
                .extracting("place")
                .isEqualTo(200);
        for (String wrong : List.of("0", "?", "0?", "?0", "0g", "01?")) {
            assertThatThrownBy(() -> Filter.of("hex:" + wrong)).hasMessageEndingWith("got `" + wrong + "`");
        }
    }
}

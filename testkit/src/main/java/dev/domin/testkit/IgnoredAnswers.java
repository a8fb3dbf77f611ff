package dev.domin.testkit;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came while a client waited for an answer, and was none: for the failure, if no answer comes. */
final class IgnoredAnswers {

    private static final int SHOWN = 10;

    private final List<Packet> packets = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> strangers = new LinkedHashMap<>(); // how many datagrams from each

    /** Adds a packet that did not match. */
    void add(Packet packet) {
        packets.add(packet);
    }

    /** Counts a datagram that did not come from the server. */
    void addStranger(InetSocketAddress sender) {
        strangers.merge(sender, 1, Integer::sum);
    }

    /**
     * {@return the failure}
     *
     * @param sent how many datagrams the client has sent for this answer; 0 if it only waits
     */
    AssertionError failure(Match match, Duration within, InetSocketAddress server, int sent) {
        StringBuilder text = new StringBuilder("expected an answer: " + match + "; none came within "
                + Clock.text(within) + " from " + Addresses.text(server));
        if (sent > 0) {
            text.append(", which got ").append(sent).append(sent == 1 ? " datagram" : " datagrams");
        }
        packets.forEach(packet -> text.append("\ncame: ")
                .append(Hex.excerpt(packet.bytes()))
                .append('\n')
                .append(match.explain(packet).indent(2)));
        strangers.entrySet().stream()
                .limit(SHOWN)
                .forEach(each -> text.append('\n')
                        .append(each.getValue())
                        .append(each.getValue() == 1 ? " datagram" : " datagrams")
                        .append(" came from ")
                        .append(Addresses.text(each.getKey()))
                        .append(each.getValue() == 1 ? ": fromAnyPort() accepts it" : ": fromAnyPort() accepts them"));
        return new AssertionError(text.toString().stripTrailing());
    }
}

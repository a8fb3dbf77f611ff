package dev.domin.testkit.capture;

import java.util.Map;

/**
 * Why a packet is left out.
 *
 * @param kind the kind of reason
 * @param detail a number that belongs to it, such as a link type; 0 for most kinds
 */
record SkipReason(Kind kind, int detail) {

    /** The kinds of reasons. */
    enum Kind {
        NOT_IP("not IP"),
        NOT_UDP("not UDP"),
        LINK_TYPE("unknown link type"),
        NO_INTERFACE("of an interface that the file does not describe"),
        NO_PACKET("a record that is not a packet of a network"),
        TOO_LONG("longer than a UDP packet can be"),
        HEADERS_CUT("cut by the snap length in its headers"),
        WRONG_LENGTH("with wrong lengths in its headers"),
        FRAGMENT_CUT("a fragment cut by the snap length"),
        FRAGMENT_INCOMPLETE("a fragment of a datagram whose other fragments are missing"),
        FRAGMENT_CONFLICT("a fragment of a datagram whose fragments contradict each other"),
        FRAGMENT_REPEATED("a fragment that was there already");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** {@return the reason of this kind without a detail} */
        SkipReason reason() {
            return new SkipReason(this, 0);
        }

        /** {@return the reason of this kind with a detail} */
        SkipReason reason(int detail) {
            return new SkipReason(this, detail);
        }
    }

    private static final Map<Integer, String> PROTOCOLS = Map.ofEntries(
            Map.entry(1, "ICMP"),
            Map.entry(2, "IGMP"),
            Map.entry(4, "IPv4 in IP"),
            Map.entry(6, "TCP"),
            Map.entry(41, "IPv6 in IP"),
            Map.entry(47, "GRE"),
            Map.entry(50, "ESP"),
            Map.entry(58, "ICMPv6"),
            Map.entry(59, "no next header"),
            Map.entry(89, "OSPF"),
            Map.entry(103, "PIM"),
            Map.entry(112, "VRRP"),
            Map.entry(132, "SCTP"),
            Map.entry(136, "UDP-Lite"));

    private static final Map<Integer, String> ETHERTYPES = Map.ofEntries(
            Map.entry(0x0806, "ARP"),
            Map.entry(0x8035, "RARP"),
            Map.entry(0x8847, "MPLS"),
            Map.entry(0x8863, "PPPoE discovery"),
            Map.entry(0x8864, "PPPoE session"),
            Map.entry(0x88CC, "LLDP"),
            Map.entry(0x888E, "EAPOL"));

    /** {@return the reason in words} */
    String text() {
        return switch (kind) {
            case NOT_IP -> kind.text + ": " + ethertype();
            case NOT_UDP -> kind.text + ": " + PROTOCOLS.getOrDefault(detail, "protocol " + detail);
            case LINK_TYPE -> kind.text + " " + detail;
            default -> kind.text;
        };
    }

    private String ethertype() {
        var known = ETHERTYPES.get(detail);
        if (known != null) {
            return known;
        }
        // Below this an Ethernet frame has its length there.
        return detail < 0x600 ? "a frame without an ethertype" : "ethertype 0x%04x".formatted(detail);
    }
}

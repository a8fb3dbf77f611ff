package dev.domin.testkit.capture;

import static dev.domin.testkit.capture.Packets.CLIENT;
import static dev.domin.testkit.capture.Packets.CLIENT6;
import static dev.domin.testkit.capture.Packets.SERVER;
import static dev.domin.testkit.capture.Packets.SERVER6;
import static dev.domin.testkit.capture.Packets.ethernet;
import static dev.domin.testkit.capture.Packets.hex;
import static dev.domin.testkit.capture.Packets.ipv4;
import static dev.domin.testkit.capture.Packets.ipv6;
import static dev.domin.testkit.capture.Packets.join;
import static dev.domin.testkit.capture.Packets.text;
import static dev.domin.testkit.capture.Packets.u16;
import static dev.domin.testkit.capture.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The headers before a UDP datagram. */
class LinksTest {

    private static final byte[] IPV4 = ipv4(udp(text("hello")));
    private static final byte[] IPV6 = ipv6(udp(text("hello")));
    private static final byte[] COOKED = hex("0000 0304 0006 000000000000 0000");
    private static final byte[] COOKED2_REST = hex("0000 00000001 0304 00 06 000000000000 0000");

    static Stream<Arguments> links() {
        return Stream.of(
                arguments("Ethernet", 1, ethernet(0x0800, IPV4)),
                arguments("Ethernet, padded", 1, join(ethernet(0x0800, IPV4), new byte[13])),
                arguments("Ethernet, IPv6", 1, ethernet(0x86DD, IPV6)),
                arguments("802.1Q", 1, ethernet(0x8100, join(hex("0005 0800"), IPV4))),
                arguments("802.1Q, IPv6", 1, ethernet(0x8100, join(hex("0005 86dd"), IPV6))),
                arguments("QinQ", 1, ethernet(0x88A8, join(hex("0005 8100 0006 0800"), IPV4))),
                arguments("old QinQ", 1, ethernet(0x9100, join(hex("0005 8100 0006 0800"), IPV4))),
                arguments("Linux cooked", 113, join(COOKED, hex("0800"), IPV4)),
                arguments("Linux cooked, IPv6", 113, join(COOKED, hex("86dd"), IPV6)),
                arguments("Linux cooked, VLAN", 113, join(COOKED, hex("8100 0005 0800"), IPV4)),
                arguments("Linux cooked 2", 276, join(hex("0800"), COOKED2_REST, IPV4)),
                arguments("Linux cooked 2, IPv6", 276, join(hex("86dd"), COOKED2_REST, IPV6)),
                arguments("Linux cooked 2, VLAN", 276, join(hex("8100"), COOKED2_REST, hex("0005 0800"), IPV4)),
                arguments("BSD loopback, little", 0, join(hex("02000000"), IPV4)),
                arguments("BSD loopback, big", 0, join(hex("00000002"), IPV4)),
                arguments("BSD loopback, NetBSD", 0, join(hex("18000000"), IPV6)),
                arguments("BSD loopback, FreeBSD", 0, join(hex("0000001c"), IPV6)),
                arguments("BSD loopback, macOS", 0, join(hex("1e000000"), IPV6)),
                arguments("OpenBSD loopback", 108, join(hex("00000002"), IPV4)),
                arguments("OpenBSD loopback, IPv6", 108, join(hex("00000018"), IPV6)),
                arguments("raw", 101, IPV4),
                arguments("raw, IPv6", 101, IPV6),
                arguments("raw of BSD", 12, IPV6),
                arguments("raw of OpenBSD", 14, IPV4),
                arguments("raw IPv4", 228, IPV4),
                arguments("raw IPv6", 229, IPV6));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void shouldReadEveryLink(String name, int linkType, byte[] packet) throws IOException {
        boolean is6 = name.contains("IPv6")
                || name.matches("BSD loopback, (NetBSD|FreeBSD|macOS)")
                || name.equals("raw of BSD");
        for (var order : FormatsTest.orders()) {
            var pcapng = CaptureFile.pcapng(order, linkType).packet(1, packet).read();
            var pcap = CaptureFile.pcap(order, 0xA1B2C3D4, linkType)
                    .pcapPacket(0, 1, packet)
                    .read();
            assertThat(pcapng.datagrams()).isEqualTo(pcap.datagrams());
            assertThat(pcapng.datagrams()).singleElement().satisfies(each -> {
                assertThat(each.text()).isEqualTo("hello");
                assertThat(each.source()).isEqualTo(is6 ? CLIENT6 : CLIENT);
                assertThat(each.destination()).isEqualTo(is6 ? SERVER6 : SERVER);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void shouldCountPacketsThatAreCutAnywhere(String name, int linkType, byte[] packet) throws IOException {
        for (int length = 0; length < packet.length; length++) {
            var cut = CaptureFile.pcapng(ByteOrder.BIG_ENDIAN, linkType)
                    .packet(0, 1, Packets.part(packet, 0, length), packet.length)
                    .read();
            var summary = cut.summary();
            assertThat(summary.datagrams() + summary.skippedPackets())
                    .as("cut to %d bytes", length)
                    .isEqualTo(1);
            if (summary.datagrams() == 0) {
                assertThat(summary.skipped()).containsOnlyKeys("cut by the snap length in its headers");
            }
        }
    }

    @Test
    void shouldSayWhatWasLeftOut() throws IOException {
        var content = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 1)
                .description(147)
                .description(0)
                .packet(1, ethernet(0x0806, new byte[28]))
                .packet(1, ethernet(0x0100, new byte[60]))
                .packet(1, ethernet(0x1234, new byte[60]))
                .packet(1, ethernet(0x0800, ipv4(new byte[20], 6, 0, 0)))
                .packet(1, ethernet(0x0800, ipv4(new byte[20], 1, 0, 0)))
                .packet(1, ethernet(0x86DD, ipv6(new byte[20], 58)))
                .packet(1, ethernet(0x0800, ipv4(new byte[20], 200, 0, 0)))
                .packet(1, ethernet(0x0800, hex("85")))
                .packet(1, 1, IPV4, IPV4.length)
                .packet(2, 1, hex("17000000 00"), 5)
                .read();
        assertThat(content.datagrams()).isEmpty();
        assertThat(content.summary().skipped())
                .containsOnly(
                        entry("not IP: ARP", 1L),
                        entry("not IP: a frame without an ethertype", 2L),
                        entry("not IP: ethertype 0x1234", 1L),
                        entry("not UDP: TCP", 1L),
                        entry("not UDP: ICMP", 1L),
                        entry("not UDP: ICMPv6", 1L),
                        entry("not UDP: protocol 200", 1L),
                        entry("with wrong lengths in its headers", 1L),
                        entry("unknown link type 147", 1L));
        assertThat(content.summary().skippedPackets())
                .isEqualTo(content.summary().packets());
    }

    @Test
    void shouldReadIpv4Options() throws IOException {
        var packet = join(
                hex("47 00"),
                u16(28 + 13),
                u16(0),
                u16(0),
                hex("4011 0000 c0000201 c0000202 94040000 01010100"),
                udp(text("hello")));
        assertThat(CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101)
                        .packet(1, packet)
                        .read()
                        .datagrams())
                .extracting(CapturedDatagram::text)
                .containsExactly("hello");
    }

    @Test
    void shouldReadIpv6ExtensionHeaders() throws IOException {
        var hopByHop = hex("2b 00 050200000000"); // then routing
        var routing = hex("33 02 00 00 00000000 20010db8000000000000000000000009"); // then authentication
        var authentication = hex("3c 04 0000 00000001 00000002 000000000000000000000000"); // then destination options
        var destination = hex("2c 01 0000 0000000000000000 00000000"); // then a fragment header
        var fragment = hex("11 00 0000 00000007"); // that of a whole packet
        var packet = ipv6(join(hopByHop, routing, authentication, destination, fragment, udp(text("hello"))), 0);
        assertThat(CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101)
                        .packet(1, packet)
                        .read()
                        .datagrams())
                .extracting(CapturedDatagram::text)
                .containsExactly("hello");
        assertThat(CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101)
                        .packet(1, ipv6(hex("3b 00 050200000000"), 0))
                        .read()
                        .summary()
                        .skipped())
                .containsOnlyKeys("not UDP: no next header");
    }

    @Test
    void shouldSkipWrongLengthsOfUdp() throws IOException {
        var tooLong = udp(text("hello"));
        tooLong[5]++;
        var tooShort = udp(text("hello"));
        tooShort[5] = 7;
        var padded = udp(text("hello"));
        padded[5] = 11; // the rest of the IP packet is no part of the datagram
        var content = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101)
                .packet(1, ipv4(tooLong))
                .packet(1, ipv4(tooShort))
                .packet(1, ipv4(padded))
                .packet(1, ipv6(tooLong))
                .packet(1, ipv4(new byte[7]))
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("hel");
        assertThat(content.summary().skipped()).containsOnly(entry("with wrong lengths in its headers", 4L));
    }

    @Test
    void shouldAcceptAnIpLengthThatTheNetworkCardWouldFillIn() throws IOException {
        var four = IPV4.clone();
        four[2] = 0;
        four[3] = 0;
        var six = IPV6.clone();
        six[5] = 0;
        var content = CaptureFile.pcapng(ByteOrder.LITTLE_ENDIAN, 101)
                .packet(1, four)
                .packet(1, six)
                .read();
        assertThat(content.datagrams()).extracting(CapturedDatagram::text).containsExactly("hello", "hello");
    }
}

package dev.domin.plugins.packet;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.plugins.loopback.EndpointTable;
import dev.domin.plugins.loopback.LoopbackHost;
import dev.domin.plugins.loopback.PacketLayout;
import dev.domin.plugins.loopback.PacketOrigin;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.udp.Datagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The parts of a packet blob, and datagrams from the port of a UDP server. */
@ScriptPlugin(
        namespace = "packet",
        library = "PacketPlugin",
        path = "../plugins/packet/PacketPlugin",
        doc = "For callbacks of a UDP server (plugin `callbackudpserver`): reads the parts of a "
                + "packet, and sends datagrams from the server's own port, for second, late and "
                + "unsolicited replies. Call it before the callback assigns its blob by `=`, which removes "
                + "the header.")
public final class PacketPlugin implements Plugin {

    private static final int MAX_PORT = 65_535;

    private static final String PACKET_DOC = "The blob that the callback got.";
    private static final String PACKET_ERRORS =
            "A blob without a packet's header is a runtime error, such as one that was assigned by `=`.";
    private static final String SERVER_DOC = "The id of a server of callbackudpserver.";
    private static final String HOST_DOC = "An address on loopback, such as 127.0.0.1, or localhost.";
    private static final String PORT_DOC = "The port to send to.";
    private static final String BYTES_DOC = "The data to send, 0 to 65507 bytes.";
    private static final String SEND_ERRORS =
            "An unknown or closed server, a host that is not on loopback, a port outside its range, the "
                    + "server's own port, too many bytes, and a socket that refuses are runtime errors.";

    // The common part of the examples: a client sends a request, and the script ends after the server has handled it.
    private static final String ASK = """
            callback i32 OnAnswer(ref blob $X) { printf("%s\\n", packet.Text($X)); return(0); }
            i64 $sid = callbackudpserver.Open("OnPacket", -1);
            i64 $cli = callbackudpclient.Open("OnAnswer", -1);
            callbackudpclient.SendText($cli, "127.0.0.1", callbackudpserver.Port($sid), "hello");
            """;

    private static final String HANDLED = "while (callbackudpserver.Handled($sid) == 0) { timer.SleepMs(1); }\n";
    private static final String ANSWERED = "while (callbackudpclient.Delivered($cli) == 0) { timer.SleepMs(1); }\n";

    private ScriptContext context;
    private EndpointTable servers;
    private @Nullable DelayedSends delayed;

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
        servers = EndpointTable.ofServers(runContext);
    }

    @ScriptFunction(
            name = "Port",
            doc = "Returns the port that a packet was sent from.",
            returns = "The port, 1 to 65535.",
            errors = PACKET_ERRORS,
            example = "callback i32 OnPacket(ref blob $X) { printf(\"%d\\n\", packet.Port($X) > 0); return(0); }\n"
                    + ASK + HANDLED,
            output = "1\n",
            beyond = true)
    public int port(@Param(value = "packet", doc = PACKET_DOC) Blob packet) {
        headerLength(packet);
        return PacketLayout.port(packet);
    }

    @ScriptFunction(
            name = "Host",
            doc = "Returns the address that a packet was sent from.",
            returns = "The address as text, such as 127.0.0.1.",
            errors = PACKET_ERRORS,
            example = "callback i32 OnPacket(ref blob $X) { printf(\"%s\\n\", packet.Host($X)); return(0); }\n" + ASK
                    + HANDLED,
            output = "127.0.0.1\n",
            beyond = true)
    public String host(@Param(value = "packet", doc = PACKET_DOC) Blob packet) {
        int header = headerLength(packet);
        return ByteStrings.fromBytes(packet.array(), PacketLayout.HOST_OFFSET, header - PacketLayout.HOST_OFFSET);
    }

    @ScriptFunction(
            name = "Payload",
            doc = "Returns a copy of a packet's payload.",
            returns = "The payload, 0 to 65507 bytes.",
            errors = PACKET_ERRORS,
            example = "callback i32 OnPacket(ref blob $X) { printf(\"%s\\n\", "
                    + "blob.ToHex(packet.Payload($X))); return(0); }\n"
                    + ASK + HANDLED,
            output = "68656c6c6f\n",
            beyond = true)
    public Blob payload(@Param(value = "packet", doc = PACKET_DOC) Blob packet) {
        return Blob.of(Arrays.copyOfRange(packet.array(), headerLength(packet), packet.length()));
    }

    @ScriptFunction(
            name = "Text",
            doc = "Returns a packet's payload as a string. A string ends at its first 0 byte; Payload "
                    + "has all bytes.",
            returns = "The payload up to its first 0 byte.",
            errors = PACKET_ERRORS,
            example = "callback i32 OnPacket(ref blob $X) { printf(\"%s\\n\", packet.Text($X)); return(0); }\n" + ASK
                    + HANDLED,
            output = "hello\n",
            beyond = true)
    public String text(@Param(value = "packet", doc = PACKET_DOC) Blob packet) {
        int header = headerLength(packet);
        return ByteStrings.fromBytes(packet.array(), header, packet.length() - header);
    }

    @ScriptFunction(
            name = "Server",
            doc = "Returns the server of the packet that the running callback handles.",
            returns = "The server's id.",
            errors = "A call outside a callback for a server's packet, as in main or in a timer's "
                    + "callback, is a runtime error.",
            example = "callback i32 OnPacket(ref blob $X) { printf(\"%d\\n\", packet.Server()); return(0); }\n" + ASK
                    + HANDLED,
            output = "1\n",
            beyond = true)
    public long server() {
        if (context.turn().orElse(null) instanceof PacketOrigin origin && origin.serverId() > 0) {
            return origin.serverId();
        }
        throw new ScriptError(
                "there is no packet of a server here",
                "call it in the callback of a server, or keep the id that callbackudpserver.Open returned");
    }

    @ScriptFunction(
            name = "Send",
            doc = "Sends a datagram from a server's own port at once. For the client it is a reply of "
                    + "the server. The reply that the callback leaves is sent later, after the callback "
                    + "has returned.",
            returns = "The number of bytes sent, which is the blob's length.",
            errors = SEND_ERRORS,
            example = "callback i32 OnPacket(ref blob $X) {\n"
                    + "    packet.Send(packet.Server(), packet.Host($X), packet.Port($X), blob.FromText(\"pushed\"));\n"
                    + "    return(0);\n}\n" + ASK + ANSWERED,
            output = "pushed\n",
            beyond = true)
    public int send(
            @Param(value = "serverId", doc = SERVER_DOC) long serverId,
            @Param(value = "host", doc = HOST_DOC, check = HostCheck.class) String host,
            @Param(value = "port", doc = PORT_DOC, min = 1, max = MAX_PORT) long port,
            @Param(value = "bytes", doc = BYTES_DOC) Blob bytes) {
        var server = servers.requireOpen(serverId);
        var to = receiver(server, host, port, bytes);
        try {
            server.send(bytes.array(), 0, bytes.length(), to);
        } catch (IOException e) {
            throw new ScriptError("cannot send from port " + server.port() + ": " + e.getMessage());
        }
        return bytes.length();
    }

    @ScriptFunction(
            name = "SendLater",
            doc = "Sends a datagram from a server's own port after a delay, without delaying the script "
                    + "or other packets. The bytes are copied at the call. A datagram that is waiting when "
                    + "the server closes or the script ends is not sent; Unsent counts it.",
            returns = "The number of bytes that will be sent, which is the blob's length.",
            errors = SEND_ERRORS + " So are a delay outside 0 to 86400000, and more than 65536 waiting "
                    + "datagrams or 64 MiB of them.",
            example = "callback i32 OnPacket(ref blob $X) {\n    packet.SendLater(packet.Server(), "
                    + "packet.Host($X), packet.Port($X), packet.Payload($X), 20);\n    return(0);\n}\n" + ASK
                    + ANSWERED,
            output = "hello\n",
            beyond = true)
    public int sendLater(
            @Param(value = "serverId", doc = SERVER_DOC) long serverId,
            @Param(value = "host", doc = HOST_DOC, check = HostCheck.class) String host,
            @Param(value = "port", doc = PORT_DOC, min = 1, max = MAX_PORT) long port,
            @Param(value = "bytes", doc = BYTES_DOC) Blob bytes,
            @Param(
                            value = "delayMs",
                            doc = "The delay in milliseconds; the most is a day.",
                            min = 0,
                            max = DelayedSends.MAX_DELAY_MS)
                    long delayMs) {
        var server = servers.requireOpen(serverId);
        var to = receiver(server, host, port, bytes);
        if (delayMs < 0 || delayMs > DelayedSends.MAX_DELAY_MS) {
            throw new ScriptError("the delay " + delayMs + " is outside 0 to " + DelayedSends.MAX_DELAY_MS);
        }
        if (delayed == null) {
            delayed = DelayedSends.start(context);
        }
        delayed.add(server, bytes.toByteArray(), to, delayMs);
        return bytes.length();
    }

    @ScriptFunction(
            name = "Unsent",
            doc = "Counts the datagrams of SendLater that were not sent, because the server was closed "
                    + "or the socket refused.",
            returns = "The count so far, which never decreases.",
            errors = "An id that callbackudpserver.Open has not returned is a runtime error.",
            example = """
                    callback i32 OnPacket(ref blob $X) { return(0); }
                    i64 $sid = callbackudpserver.Open("OnPacket", -1);
                    packet.SendLater($sid, "127.0.0.1", 9999, blob.FromText("too late"), 60000);
                    callbackudpserver.Close($sid);
                    while (packet.Unsent($sid) == 0) { timer.SleepMs(1); }
                    printf("%d\\n", packet.Unsent($sid));
                    """,
            output = "1\n",
            beyond = true)
    public long unsent(@Param(value = "serverId", doc = SERVER_DOC) long serverId) {
        CallbackEndpoint server = servers.require(serverId);
        return delayed == null ? 0 : delayed.unsent(server);
    }

    private static InetSocketAddress receiver(CallbackEndpoint server, String host, long port, Blob bytes) {
        var address = LoopbackHost.parse(host);
        if (port < 1 || port > MAX_PORT) {
            throw new ScriptError("the port " + port + " is outside 1 to " + MAX_PORT);
        }
        if (bytes.length() > Datagram.MAX_PAYLOAD) {
            throw new ScriptError("the datagram has " + bytes.length() + " bytes, but a UDP packet carries at most "
                    + Datagram.MAX_PAYLOAD);
        }
        var to = new InetSocketAddress(address, (int) port);
        LoopbackHost.refuseOwn(to, server.port());
        return to;
    }

    /** {@return the index of the payload's first byte} */
    private static int headerLength(Blob packet) {
        int start = PacketLayout.payloadStart(packet);
        if (start < 0) {
            throw new ScriptError(
                    "this blob of " + packet.length() + " bytes has no packet header",
                    "pass the callback's parameter before it is assigned by `=`");
        }
        return start;
    }
}

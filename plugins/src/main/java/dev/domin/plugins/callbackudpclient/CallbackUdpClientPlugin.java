package dev.domin.plugins.callbackudpclient;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.plugins.loopback.CallbackUdpPlugin;
import dev.domin.plugins.loopback.LoopbackHost;
import dev.domin.plugins.packet.HostCheck;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.Param;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.udp.Datagram;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** UDP clients on 127.0.0.1, each delivering the packets that it receives to a callback. */
@ScriptPlugin(
        namespace = "callbackudpclient",
        library = "CallbackUdpClientPlugin",
        path = "../plugins/callback_udp_client/CallbackUdpClientPlugin",
        doc = "UDP clients on 127.0.0.1, the counterpart of callbackudpserver. A client sends texts "
                + "and blobs to ports on loopback, and calls a callback of the script for every packet "
                + "that comes back, with a blob like that of a server: the sender's port (u32), the length "
                + "of the host's text (u32), that text and the payload, in this order, little-endian. The "
                + "blob that the callback leaves is not sent. A client that a callback has opened is "
                + "closed when that callback fails.")
@SuppressWarnings("exports") // the base class is not for other modules
public final class CallbackUdpClientPlugin extends CallbackUdpPlugin {

    private static final String SEND_ERRORS =
            "A host that is not on loopback, a port outside 1 to 65535, more than 65507 bytes, an "
                    + "unknown id and a closed client are runtime errors. It is no error if nobody listens there.";
    private static final String HOST_DOC = "An IPv4 address on loopback, such as 127.0.0.1, or localhost.";
    private static final int LARGEST_PORT = 65_535;

    private String lastHost = "";
    private @Nullable InetSocketAddress lastTarget; // the last target, because scripts usually send to one target

    /** Creates the plugin for one run. */
    public CallbackUdpClientPlugin() {
        super("callbackudpclient", "client", false);
    }

    @ScriptFunction(
            name = "Open",
            doc = "Opens a UDP client on 127.0.0.1 that calls the callback for every packet it "
                    + "receives. Packets wait for the script to be free; main and timer callbacks continue "
                    + "meanwhile.",
            returns = "The client's id: 1 for the first client of a script, then 2 and so on.",
            errors = OPEN_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\nprintf(\"%d\\n\", $cli);\n",
            output = "1\n")
    public long open(
            @Param(
                            value = "callbackName",
                            doc = CALLBACK_DOC,
                            callback = true,
                            help = "give the callback's name as a string, such as \"OnReply\"")
                    String callbackName,
            @Param(value = "timeoutMs", doc = TIMEOUT_DOC, min = -1, max = Integer.MAX_VALUE, help = TIMEOUT_HELP)
                    long timeoutMs,
            @Param(
                            value = "localPort",
                            doc = "The port to send from; 0 lets the system choose a free "
                                    + "one, which LocalPort returns.",
                            defaultValue = "0",
                            min = 0,
                            max = 65_535,
                            help = PORT_HELP)
                    long localPort) {
        return openEndpoint(callbackName, timeoutMs, localPort);
    }

    @ScriptFunction(
            name = "SendText",
            doc = "Sends the bytes of a text as one packet. Nothing is added, not even a 0 at the end.",
            returns = "The number of bytes sent, which is the text's length.",
            errors = SEND_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.SendText($cli, \"127.0.0.1\", 9999, \"PING\"));\n",
            output = "4\n")
    public int sendText(
            @Param(value = "clientId", doc = ID_DOC) long clientId,
            @Param(value = "host", doc = HOST_DOC, check = HostCheck.class) String host,
            @Param(value = "port", doc = "The port to send to.", min = 1, max = 65_535) long port,
            @Param(value = "text", doc = "The data to send, at most 65507 bytes.") String text) {
        byte[] bytes = ByteStrings.toBytes(text);
        return send(clientId, host, port, bytes, bytes.length);
    }

    @ScriptFunction(
            name = "SendBlob",
            doc = "Sends a blob as one packet.",
            returns = "The number of bytes sent, which is the blob's length.",
            errors = SEND_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\nblob $b[3];\n"
                    + "printf(\"%d\\n\", callbackudpclient.SendBlob($cli, \"localhost\", 9999, $b));\n",
            output = "3\n")
    public int sendBlob(
            @Param(value = "clientId", doc = ID_DOC) long clientId,
            @Param(value = "host", doc = HOST_DOC, check = HostCheck.class) String host,
            @Param(value = "port", doc = "The port to send to.", min = 1, max = 65_535) long port,
            @Param(value = "blob", doc = "The data to send, at most 65507 bytes.") Blob blob) {
        return send(clientId, host, port, blob.array(), blob.length());
    }

    @ScriptFunction(
            name = "Close",
            doc = "Closes a client and waits for its running callback. After Close has returned, no "
                    + "callback of the client runs and its port is free. A callback that still runs 5 "
                    + "seconds after Close began is cancelled. Called from the client's own callback, "
                    + "Close does not wait for that callback.",
            returns = "1 if the client was open, 0 if it was closed already.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\nprintf(\"%d\\n\", "
                    + "callbackudpclient.Close($cli));\nprintf(\"%d\\n\", callbackudpclient.Close($cli));\n",
            output = "1\n0\n")
    public int close(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return closeEndpoint(clientId);
    }

    @ScriptFunction(
            name = "LocalPort",
            doc = "Returns the port that a client sends from, or sent from before it was closed.",
            returns = "The port, 1 to 65535.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.LocalPort($cli) > 0);\n",
            output = "1\n")
    public int localPort(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).port();
    }

    @ScriptFunction(
            name = "State",
            doc = "Returns whether a client is open, as a number. It is closed from the start of Close.",
            returns = "1 (asyncmeta.RouteStateOpen) or 0 (asyncmeta.RouteStateClosed).",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.State($cli));\n",
            output = "1\n")
    public int state(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).stateCode();
    }

    @ScriptFunction(
            name = "StateText",
            doc = "Returns whether a client is open, as a word.",
            returns = "open or closed.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpclient.StateText($cli));\n",
            output = "open\n")
    public String stateText(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).stateText();
    }

    @ScriptFunction(
            name = "Delivered",
            doc = "Counts the packets whose callback returned in time, whatever it returned.",
            returns = "The count so far, which never decreases; of a closed client the final count.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.Delivered($cli));\n",
            output = "0\n")
    public long delivered(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).handled();
    }

    @ScriptFunction(
            name = "Dropped",
            doc = "Counts the packets that were received but not delivered: their deadline passed, no "
                    + "packet buffer was free, their callback failed, or the client was closed while they "
                    + "waited.",
            returns = "The count so far, which never decreases; of a closed client the final count.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.Dropped($cli));\n",
            output = "0\n")
    public long dropped(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).dropped();
    }

    @ScriptFunction(
            name = "Sent",
            doc = "Counts the packets that SendText and SendBlob have passed to the system.",
            returns = "The count so far, which never decreases; of a closed client the final count.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "callbackudpclient.SendText($cli, \"127.0.0.1\", 9999, \"PING\");\n"
                    + "printf(\"%d\\n\", callbackudpclient.Sent($cli));\n",
            output = "1\n",
            beyond = true)
    public long sent(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return require(clientId).sent();
    }

    @ScriptFunction(
            name = "Info",
            doc = "Returns the state of a client as key=value pairs with single spaces between them: "
                    + "id, state, stateCode, callback, timeout, localPort, sent, delivered, dropped. For a "
                    + "closed client it has the final counts and the port that it had.",
            returns = "The line, without a line break.",
            errors = ID_ERRORS,
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpclient.Info($cli));\n",
            output = "id=1 state=open stateCode=1 callback=OnPacket timeout=-1 localPort=<auto> sent=0 delivered=0"
                    + " dropped=0\n")
    public String info(@Param(value = "clientId", doc = ID_DOC) long clientId) {
        return describe(clientId);
    }

    @ScriptFunction(
            name = "OpenCount",
            doc = "Counts the open clients of this run of the script.",
            returns = "The count; 0 if none is open.",
            example = "i64 $cli = callbackudpclient.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpclient.OpenCount());\ncallbackudpclient.Close($cli);\n"
                    + "printf(\"%d\\n\", callbackudpclient.OpenCount());\n",
            output = "1\n0\n")
    public int openCount() {
        return countOpen();
    }

    private int send(long clientId, String host, long port, byte[] bytes, int length) {
        var client = requireOpen(clientId);
        var target = target(host, port);
        LoopbackHost.refuseOwn(target, client.port());
        if (length > Datagram.MAX_PAYLOAD) {
            throw new ScriptError(
                    "a UDP packet carries at most " + Datagram.MAX_PAYLOAD + " bytes, got " + length,
                    "send less at a time");
        }
        try {
            client.send(bytes, 0, length, target);
        } catch (IOException e) {
            throw new ScriptError("cannot send to " + host + ":" + port + ": " + e.getMessage());
        }
        return length;
    }

    private InetSocketAddress target(String host, long port) {
        if (port < 1 || port > LARGEST_PORT) {
            throw new ScriptError("the port " + port + " is outside 1 to " + LARGEST_PORT);
        }
        if (lastTarget == null || lastTarget.getPort() != port || !lastHost.equals(host)) {
            lastTarget = new InetSocketAddress(LoopbackHost.parse(host), (int) port);
            lastHost = host;
        }
        return lastTarget;
    }

    @Override
    protected String portAndCounts(CallbackEndpoint client) {
        return " localPort=" + client.port() + " sent=" + client.sent() + " delivered=" + client.handled() + " dropped="
                + client.dropped();
    }
}

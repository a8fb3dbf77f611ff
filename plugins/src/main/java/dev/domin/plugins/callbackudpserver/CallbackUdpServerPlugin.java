package dev.domin.plugins.callbackudpserver;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.plugins.loopback.CallbackUdpPlugin;
import dev.domin.spi.Param;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/**
 * UDP servers on 127.0.0.1, each delivering its packets to a callback and sending back the blob that the callback
 * leaves.
 */
@ScriptPlugin(
        namespace = "callbackudpserver",
        library = "CallbackUdpServerPlugin",
        path = "../plugins/callback_udp_server/CallbackUdpServerPlugin",
        doc = "UDP servers on 127.0.0.1. A server calls a callback of the script for every packet that "
                + "it receives. If the callback does not return 0, the server sends back the blob that the "
                + "callback leaves. The callback's blob holds the sender's port (u32), the length of the "
                + "host's text (u32), that text and the payload, in this order, little-endian. A server "
                + "that a callback has opened is closed when that callback fails.")
@SuppressWarnings("exports") // the base class is not for other modules
public final class CallbackUdpServerPlugin extends CallbackUdpPlugin {

    private static final String OPEN_ID_ERRORS =
            "An id that Open has not returned is a runtime error, and so is the id of a closed server.";

    /** Creates the plugin for one run. */
    public CallbackUdpServerPlugin() {
        super("callbackudpserver", "server", true);
    }

    @ScriptFunction(
            name = "Open",
            doc = "Opens a UDP server on 127.0.0.1 that calls the callback for every packet. Packets "
                    + "wait for the script to be free; main and timer callbacks continue meanwhile.",
            returns = "The server's id: 1 for the first server of a script, then 2 and so on.",
            errors = OPEN_ERRORS,
            example = "i64 $sid;\n$sid = callbackudpserver.Open(\"OnPacket\", -1, 0);\nprintf(\"%d\\n\", $sid > 0);\n",
            output = "1\n")
    public long open(
            @Param(
                            value = "callbackName",
                            doc = CALLBACK_DOC,
                            callback = true,
                            help = "give the callback's name as a string, such as \"OnPacket\"")
                    String callbackName,
            @Param(value = "timeoutMs", doc = TIMEOUT_DOC, min = -1, max = Integer.MAX_VALUE, help = TIMEOUT_HELP)
                    long timeoutMs,
            @Param(
                            value = "port",
                            doc = "The port to bind; 0 lets the system choose a free one, " + "which Port returns.",
                            defaultValue = "0",
                            min = 0,
                            max = 65_535,
                            help = PORT_HELP)
                    long port) {
        return openEndpoint(callbackName, timeoutMs, port);
    }

    @ScriptFunction(
            name = "Close",
            doc = "Closes a server and waits for its running callback. After Close has returned, no "
                    + "callback of the server runs and the port is free. A callback that still runs 5 "
                    + "seconds after Close began is cancelled. Called from the server's own callback, "
                    + "Close does not wait for that callback, whose reply is still sent.",
            returns = "1 if the server was open, 0 if it was closed already.",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\nprintf(\"%d\\n\", "
                    + "callbackudpserver.Close($sid));\nprintf(\"%d\\n\", callbackudpserver.Close($sid));\n",
            output = "1\n0\n")
    public int close(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return closeEndpoint(serverId);
    }

    @ScriptFunction(
            name = "Port",
            doc = "Returns the port that an open server is bound to.",
            returns = "The port, 1 to 65535.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Port($sid) > 0);\n",
            output = "1\n")
    public int port(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return requireOpen(serverId).port();
    }

    @ScriptFunction(
            name = "State",
            doc = "Returns whether a server is open, as a number. It is closed from the start of Close.",
            returns = "1 (asyncmeta.RouteStateOpen) or 0 (asyncmeta.RouteStateClosed).",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.State($sid));\n",
            output = "1\n")
    public int state(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return require(serverId).stateCode();
    }

    @ScriptFunction(
            name = "StateText",
            doc = "Returns whether a server is open, as a word.",
            returns = "open or closed.",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpserver.StateText($sid));\n",
            output = "open\n")
    public String stateText(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return require(serverId).stateText();
    }

    @ScriptFunction(
            name = "Handled",
            doc = "Counts the packets whose callback returned in time, whatever it returned. A packet "
                    + "is counted before its reply is sent.",
            returns = "The count so far, which never decreases.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Handled($sid));\n",
            output = "0\n")
    public long handled(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return requireOpen(serverId).handled();
    }

    @ScriptFunction(
            name = "Dropped",
            doc = "Counts the packets that were received but not handled: their deadline passed, no "
                    + "packet buffer was free, their callback failed, or the server was closed while they "
                    + "waited.",
            returns = "The count so far, which never decreases.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Dropped($sid));\n",
            output = "0\n")
    public long dropped(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return requireOpen(serverId).dropped();
    }

    @ScriptFunction(
            name = "Info",
            doc = "Returns the state of a server as key=value pairs with single spaces between them: "
                    + "id, state, stateCode, callback, timeout, port, handled, dropped. For a closed "
                    + "server it has the final counts and the port that it had.",
            returns = "The line, without a line break.",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpserver.Info($sid));\n",
            output = "id=1 state=open stateCode=1 callback=OnPacket timeout=-1 port=<auto> handled=0 dropped=0\n")
    public String info(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return describe(serverId);
    }

    @ScriptFunction(
            name = "OpenCount",
            doc = "Counts the open servers of this run of the script.",
            returns = "The count; 0 if none is open.",
            example = "printf(\"%d\\n\", callbackudpserver.OpenCount());\n"
                    + "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.OpenCount());\ncallbackudpserver.Close($sid);\n"
                    + "printf(\"%d\\n\", callbackudpserver.OpenCount());\n",
            output = "0\n1\n0\n")
    public int openCount() {
        return countOpen();
    }

    @Override
    protected String portAndCounts(CallbackEndpoint server) {
        return " port=" + server.port() + " handled=" + server.handled() + " dropped=" + server.dropped();
    }
}

package dev.domin.plugins.callbackudpserver;

import dev.domin.plugins.loopback.CallbackEndpoint;
import dev.domin.plugins.loopback.EndpointTable;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;

/** UDP servers on 127.0.0.1, each delivering its packets to a callback and sending back what that leaves. */
@ScriptPlugin(
        namespace = "callbackudpserver",
        library = "CallbackUdpServerPlugin",
        path = "../plugins/callback_udp_server/CallbackUdpServerPlugin",
        doc =
                "UDP servers on 127.0.0.1. A server calls a callback of the script for every packet it receives and sends back"
                        + " what the callback leaves, if the callback returns anything but 0. The callback's blob holds the sender's"
                        + " port (u32), the length of the host's text (u32), that text and the payload, in this order, little-endian. A"
                        + " server that a callback has opened is closed when that callback fails.")
public final class CallbackUdpServerPlugin implements Plugin {

    private static final String ID_DOC = "The id that Open returned.";
    private static final String ID_ERRORS = "An id that Open has not returned is a runtime error.";
    private static final String OPEN_ID_ERRORS =
            "An id that Open has not returned is a runtime error, and so is the id of a closed server.";

    private final EndpointTable servers = new EndpointTable("callbackudpserver", "server");
    private ScriptContext context;

    /** Creates the plugin of one run. */
    public CallbackUdpServerPlugin() {}

    @Override
    public void start(ScriptContext runContext) {
        context = runContext;
    }

    /**
     * Opens a server.
     *
     * @param callbackName the callback
     * @param timeoutMs how long a packet may take
     * @param port the port
     * @return the id
     */
    @ScriptFunction(
            name = "Open",
            doc =
                    "Opens a UDP server on 127.0.0.1 that calls the callback for every packet. Packets wait for the script to be"
                            + " free; main and timer callbacks go on meanwhile.",
            returns = "The server's id: 1 for the first one in a script, then one more each time.",
            errors =
                    "An empty name, a name that is no callback of the script, a timeout or port outside its range, a port that"
                            + " is taken, and a socket or thread that the system refuses are runtime errors. A failed Open uses up no"
                            + " id.",
            example = "i64 $sid;\n$sid = callbackudpserver.Open(\"OnPacket\", -1, 0);\nprintf(\"%d\\n\", $sid > 0);\n",
            output = "1\n")
    public long open(
            @Param(
                            value = "callbackName",
                            doc = "The name of a callback, declared as `callback i32 NAME(ref blob $X)`.",
                            help = "give the callback's name as a string, such as \"OnPacket\"")
                    String callbackName,
            @Param(
                            value = "timeoutMs",
                            doc =
                                    "How many milliseconds a packet may take from its turn to the end of its callback, 0 to"
                                            + " 2147483647; one that takes longer is dropped. -1 waits without end; 0 behaves like 1.",
                            help = "-1 waits without end; other values are milliseconds")
                    long timeoutMs,
            @Param(
                            value = "port",
                            doc =
                                    "The port to bind, 0 to 65535; 0 lets the system choose a free one, which Port tells.",
                            defaultValue = "0",
                            help = "0 lets the system choose a free port")
                    long port) {
        long id = servers.nextId();
        servers.add(CallbackEndpoint.open(
                context, "server " + id, callbackName, timeoutMs, port, true, endpoint -> describe(id, endpoint)));
        return id;
    }

    /**
     * Closes a server.
     *
     * @param serverId the server
     * @return 1, or 0 if it was closed before
     */
    @ScriptFunction(
            name = "Close",
            doc =
                    "Closes a server and waits for its running callback. Once Close has returned no callback of the server runs"
                            + " and the port is free again. A callback that still runs 5 seconds after Close began is cancelled."
                            + " Called from the server's own callback, Close does not wait for that callback, whose answer is still"
                            + " sent.",
            returns = "1 if the server was open, 0 if it was closed already.",
            errors = ID_ERRORS,
            example =
                    "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                            + "printf(\"%d\\n\", callbackudpserver.Close($sid));\nprintf(\"%d\\n\", callbackudpserver.Close($sid));\n",
            output = "1\n0\n")
    public int close(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.require("Close", serverId).close(context) ? 1 : 0;
    }

    /**
     * Tells a server's port.
     *
     * @param serverId the server
     * @return the port
     */
    @ScriptFunction(
            name = "Port",
            doc = "Tells the port that an open server is bound to.",
            returns = "The port, 1 to 65535.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Port($sid) > 0);\n",
            output = "1\n")
    public int port(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.requireOpen("Port", serverId).port();
    }

    /**
     * Tells whether a server is open.
     *
     * @param serverId the server
     * @return 1 or 0
     */
    @ScriptFunction(
            name = "State",
            doc = "Tells whether a server is open, as a number. It is closed from the moment Close begins.",
            returns = "1 (asyncmeta.RouteStateOpen) or 0 (asyncmeta.RouteStateClosed).",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.State($sid));\n",
            output = "1\n")
    public int state(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.require("State", serverId).stateCode();
    }

    /**
     * Tells whether a server is open, in words.
     *
     * @param serverId the server
     * @return {@code open} or {@code closed}
     */
    @ScriptFunction(
            name = "StateText",
            doc = "Tells whether a server is open, as a word.",
            returns = "open or closed.",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpserver.StateText($sid));\n",
            output = "open\n")
    public String stateText(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.require("StateText", serverId).stateText();
    }

    /**
     * Counts the packets that were handled.
     *
     * @param serverId the server
     * @return how many
     */
    @ScriptFunction(
            name = "Handled",
            doc =
                    "Counts the packets whose callback returned in time, whatever it returned. A packet is counted before its"
                            + " answer leaves.",
            returns = "The count so far; it never goes back.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Handled($sid));\n",
            output = "0\n")
    public long handled(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.requireOpen("Handled", serverId).handled();
    }

    /**
     * Counts the packets that were dropped.
     *
     * @param serverId the server
     * @return how many
     */
    @ScriptFunction(
            name = "Dropped",
            doc =
                    "Counts the packets that were received but not handled: their time was over, no packet buffer was free, their"
                            + " callback failed, or the server was closed while they waited.",
            returns = "The count so far; it never goes back.",
            errors = OPEN_ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.Dropped($sid));\n",
            output = "0\n")
    public long dropped(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return servers.requireOpen("Dropped", serverId).dropped();
    }

    /**
     * Tells a server's whole state.
     *
     * @param serverId the server
     * @return one line
     */
    @ScriptFunction(
            name = "Info",
            doc =
                    "Tells the whole state of a server as key=value pairs with single spaces between them: id, state, stateCode,"
                            + " callback, timeout, port, handled, dropped. Of a closed server it tells the final counts and the port"
                            + " that it had.",
            returns = "The line, without a line break.",
            errors = ID_ERRORS,
            example = "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%s\\n\", callbackudpserver.Info($sid));\n",
            output = "id=1 state=open stateCode=1 callback=OnPacket timeout=-1 port=<auto> handled=0 dropped=0\n")
    public String info(@Param(value = "serverId", doc = ID_DOC) long serverId) {
        return describe(serverId, servers.require("Info", serverId));
    }

    /** {@return how many servers are open} */
    @ScriptFunction(
            name = "OpenCount",
            doc = "Counts the servers that are open now in this run of the script.",
            returns = "The count; 0 if none is open.",
            example = "printf(\"%d\\n\", callbackudpserver.OpenCount());\n"
                    + "i64 $sid = callbackudpserver.Open(\"OnPacket\", -1);\n"
                    + "printf(\"%d\\n\", callbackudpserver.OpenCount());\ncallbackudpserver.Close($sid);\n"
                    + "printf(\"%d\\n\", callbackudpserver.OpenCount());\n",
            output = "0\n1\n0\n")
    public int openCount() {
        return servers.openCount();
    }

    private static String describe(long id, CallbackEndpoint server) {
        return "id=" + id + " state=" + server.stateText() + " stateCode=" + server.stateCode() + " callback="
                + server.callbackName() + " timeout=" + server.timeoutMillis() + " port=" + server.port() + " handled="
                + server.handled() + " dropped=" + server.dropped();
    }
}

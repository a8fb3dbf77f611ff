package dev.domin.plugins.loopback;

import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;

/**
 * What the plugins that open UDP endpoints on loopback share: the endpoints of one run by their ids, and the texts of
 * their functions' pages. The functions themselves are in the subclasses, whose methods scripts call.
 */
public abstract class CallbackUdpPlugin implements Plugin {

    protected static final String ID_DOC = "The id that Open returned.";
    protected static final String ID_ERRORS = "An id that Open has not returned is a runtime error.";
    protected static final String OPEN_ERRORS =
            "An empty name, a name that is no callback of the script, a timeout or port outside its range, a port that"
                    + " is taken, and a socket or thread that the system refuses are runtime errors. A failed Open uses"
                    + " up no id.";
    protected static final String CALLBACK_DOC =
            "The name of a callback, declared as `callback i32 NAME(ref blob $X)`.";
    protected static final String TIMEOUT_DOC =
            "The time limit for a packet in milliseconds, from the moment the receive loop takes it up"
                    + " to the end of its callback. A packet that takes longer is dropped. -1 is no limit; 0 behaves"
                    + " like 1.";
    protected static final String TIMEOUT_HELP = "-1 is no limit; other values are milliseconds";
    protected static final String PORT_HELP = "0 lets the system choose a free port";

    private final String namespace;
    private final String noun;
    private final boolean answering;
    private ScriptContext context;
    private EndpointTable endpoints;

    /**
     * Creates the plugin for one run.
     *
     * @param namespace the plugin's namespace, for messages
     * @param noun what an endpoint is called in messages, such as {@code server}
     * @param answering whether endpoints send back what the callback leaves
     */
    protected CallbackUdpPlugin(String namespace, String noun, boolean answering) {
        this.namespace = namespace;
        this.noun = noun;
        this.answering = answering;
    }

    @Override
    public final void start(ScriptContext runContext) {
        context = runContext;
        endpoints = answering ? EndpointTable.ofServers(runContext) : new EndpointTable(namespace, noun);
    }

    /**
     * Opens an endpoint.
     *
     * @param callbackName the callback's name
     * @param timeoutMs how long a packet may take, -1 for no limit
     * @param port the port to bind, 0 to let the system choose
     * @return its id
     * @throws ScriptError if an argument is outside its range or the endpoint cannot be opened
     */
    protected final long openEndpoint(String callbackName, long timeoutMs, long port) {
        long id = endpoints.nextId();
        endpoints.add(CallbackEndpoint.open(
                context, id, noun, callbackName, timeoutMs, port, answering, endpoint -> describe(id, endpoint)));
        return id;
    }

    /**
     * Closes an endpoint and waits for its running callback.
     *
     * @param id its id
     * @return 1, or 0 if it was closed before
     * @throws ScriptError if no endpoint has that id
     */
    protected final int closeEndpoint(long id) {
        return endpoints.require(id).close(context) ? 1 : 0;
    }

    /**
     * Finds an endpoint, open or closed.
     *
     * @param id its id
     * @return the endpoint
     * @throws ScriptError if no endpoint has that id
     */
    protected final CallbackEndpoint require(long id) {
        return endpoints.require(id);
    }

    /**
     * Finds an endpoint that has to be open.
     *
     * @param id its id
     * @return the endpoint
     * @throws ScriptError if no open endpoint has that id
     */
    protected final CallbackEndpoint requireOpen(long id) {
        return endpoints.requireOpen(id);
    }

    /** {@return the state of an endpoint, in one line} */
    protected final String describe(long id) {
        return describe(id, endpoints.require(id));
    }

    /** {@return how many endpoints are open} */
    protected final int countOpen() {
        return endpoints.openCount();
    }

    private String describe(long id, CallbackEndpoint endpoint) {
        return "id=" + id + " state=" + endpoint.stateText() + " stateCode=" + endpoint.stateCode() + " callback="
                + endpoint.callbackName() + " timeout=" + endpoint.timeoutMillis() + portAndCounts(endpoint);
    }

    /**
     * Returns the part of an endpoint's line that differs between the plugins.
     *
     * @param endpoint the endpoint
     * @return its port and its counts, each with its key, with a space in front
     */
    protected abstract String portAndCounts(CallbackEndpoint endpoint);
}

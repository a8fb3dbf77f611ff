package dev.domin.plugins.loopback;

import dev.domin.spi.ScriptContext;
import dev.domin.spi.ScriptError;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * The endpoints that one run of a script has opened with one plugin, by id: 1, 2, and so on. An id is not used again.
 * Called with the script lock held.
 */
public final class EndpointTable {

    private final String namespace;
    private final String noun;
    private final ArrayList<CallbackEndpoint> endpoints = new ArrayList<>(); // the one with id n is at n - 1
    private int closed; // how many endpoints at the start of the list are known to be closed

    /**
     * Creates an empty table.
     *
     * @param namespace the plugin's namespace, for messages
     * @param noun what an endpoint is called in messages, such as {@code server}
     */
    public EndpointTable(String namespace, String noun) {
        this.namespace = namespace;
        this.noun = noun;
    }

    /** {@return the servers of a run, which the plugins that work on servers share} */
    public static EndpointTable ofServers(ScriptContext context) {
        return context.shared(EndpointTable.class, new Servers());
    }

    /** A class instead of a lambda, because linking a lambda takes time at the start. */
    private static final class Servers implements Supplier<EndpointTable> {

        @Override
        public EndpointTable get() {
            return new EndpointTable("callbackudpserver", "server");
        }
    }

    /** {@return the id of the next endpoint. Memory for its entry is allocated} */
    public long nextId() {
        endpoints.ensureCapacity(endpoints.size() + 1); // so that add cannot fail after the endpoint has been opened
        return endpoints.size() + 1L;
    }

    /**
     * Adds an endpoint with the next id.
     *
     * @param endpoint the endpoint
     */
    public void add(CallbackEndpoint endpoint) {
        endpoints.add(endpoint);
    }

    /**
     * Finds an endpoint, open or closed.
     *
     * @param id its id
     * @return the endpoint
     * @throws ScriptError if no endpoint has that id
     */
    public CallbackEndpoint require(long id) {
        if (id < 1) {
            throw new ScriptError("the " + noun + " id " + id + " is not positive", idHelp());
        }
        if (id > endpoints.size()) {
            throw new ScriptError("unknown " + noun + " id " + id, idHelp());
        }
        return endpoints.get((int) id - 1);
    }

    /**
     * Finds an endpoint that must be open.
     *
     * @param id its id
     * @return the endpoint
     * @throws ScriptError if no open endpoint has that id
     */
    public CallbackEndpoint requireOpen(long id) {
        var endpoint = require(id);
        if (!endpoint.isOpen()) {
            throw new ScriptError(
                    noun + " " + id + " is closed", "State, StateText and Info accept a closed " + noun + " too");
        }
        return endpoint;
    }

    /** {@return how many are open now} */
    public int openCount() {
        while (closed < endpoints.size() && !endpoints.get(closed).isOpen()) {
            closed++; // a closed endpoint never opens again
        }
        int count = 0;
        for (int i = closed; i < endpoints.size(); i++) {
            if (endpoints.get(i).isOpen()) {
                count++;
            }
        }
        return count;
    }

    private String idHelp() {
        return "ids come from " + namespace + ".Open";
    }
}

package dev.domin.testkit;

import java.util.HashMap;
import java.util.Map;

/** The states of the scenarios of one server. Used with the lock of {@link Stubs}. */
final class Scenarios {

    /** The state of a scenario that no stub has changed. */
    static final String STARTED = "started";

    private Map<String, String> states = new HashMap<>();

    String state(String scenario) {
        return states.getOrDefault(scenario, STARTED);
    }

    void enter(String scenario, String state) {
        states.put(scenario, state);
    }

    Map<String, String> copy() {
        return Map.copyOf(states);
    }

    void restore(Map<String, String> earlier) {
        states = new HashMap<>(earlier);
    }
}

package dev.domin.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A packet that no stub took, and what counted when it came.
 *
 * @param packet the packet as the server got it, with what faults have changed
 * @param stubs the stubs that there were
 * @param states the states of the scenarios that were not in their first one
 * @param used those of the stubs that had taken all the packets they may
 */
record Miss(Packet packet, List<Stub> stubs, Map<String, String> states, Set<Stub> used) {

    String state(String scenario) {
        return states.getOrDefault(scenario, Scenarios.STARTED);
    }
}

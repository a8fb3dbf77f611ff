package dev.domin.bench.table;

import java.util.List;
import java.util.function.IntFunction;

/**
 * An echo server to compare with.
 *
 * @param id its name in the options
 * @param label what the table calls it
 * @param setUp its configuration, for the documentation
 * @param commandFor the command for a port
 */
record Peer(String id, String label, String setUp, IntFunction<List<String>> commandFor) {

    List<String> command(int port) {
        return commandFor.apply(port);
    }
}

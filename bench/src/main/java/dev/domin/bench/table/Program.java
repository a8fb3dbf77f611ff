package dev.domin.bench.table;

import java.util.List;

/**
 * A program to compare with that is no server.
 *
 * @param label what the table calls it
 * @param command how it is run
 */
record Program(String label, List<String> command) {}

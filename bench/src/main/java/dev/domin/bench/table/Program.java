package dev.domin.bench.table;

import java.util.List;

/**
 * A program to compare with that is not a server.
 *
 * @param label what the table calls it
 * @param command its command line
 */
record Program(String label, List<String> command) {}

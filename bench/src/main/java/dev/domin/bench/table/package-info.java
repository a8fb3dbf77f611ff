/**
 * The table of {@code docs/performance.md}: domin beside its peers, measured in interleaved rounds. {@code bench/run}
 * starts it from its sources, so it leans on nothing but the JDK.
 */
package dev.domin.bench.table;

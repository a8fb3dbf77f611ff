/**
 * The table of {@code docs/performance.md}: domin compared with other programs, measured in interleaved rounds. {@code
 * bench/run} starts it from its sources, so it depends only on the JDK.
 */
package dev.domin.bench.table;

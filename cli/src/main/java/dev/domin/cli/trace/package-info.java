/** One line a packet, for people who debug a script: {@code domin trace}. */
@NullMarked
package dev.domin.cli.trace;

import org.jspecify.annotations.NullMarked;

/** The {@code domin} command. */
@NullMarked
package dev.domin.cli;

import org.jspecify.annotations.NullMarked;

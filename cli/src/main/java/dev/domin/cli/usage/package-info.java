/** The commands and options of {@code domin}, and what is made of them: usage, manual page, completion of shells. */
@NullMarked
package dev.domin.cli.usage;

import org.jspecify.annotations.NullMarked;

/** Runs a script, and runs it anew when its file is saved. */
@NullMarked
package dev.domin.cli.watch;

import org.jspecify.annotations.NullMarked;

/** What the command offers of the test kit: options for any script, and commands that need no script. */
@NullMarked
package dev.domin.cli.kit;

import org.jspecify.annotations.NullMarked;

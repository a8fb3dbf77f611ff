/** {@code --inspect}: the inspector for a script, and what it shows of the script. */
@NullMarked
package dev.domin.cli.inspect;

import org.jspecify.annotations.NullMarked;

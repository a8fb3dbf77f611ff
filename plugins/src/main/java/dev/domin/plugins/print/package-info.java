/** {@code print}: formatted output. */
@NullMarked
package dev.domin.plugins.print;

import org.jspecify.annotations.NullMarked;

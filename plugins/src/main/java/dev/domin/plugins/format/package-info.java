/** The formatting of {@code printf} and {@code string.Format}. Not exported, because scripts do not call it. */
@NullMarked
package dev.domin.plugins.format;

import org.jspecify.annotations.NullMarked;

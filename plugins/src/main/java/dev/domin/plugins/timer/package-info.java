/** {@code timer}: clocks, sleeping, and scheduled callbacks. */
@NullMarked
package dev.domin.plugins.timer;

import org.jspecify.annotations.NullMarked;

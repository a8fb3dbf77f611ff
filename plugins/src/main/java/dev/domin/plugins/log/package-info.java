/** Messages with levels: {@code log}. */
@NullMarked
package dev.domin.plugins.log;

import org.jspecify.annotations.NullMarked;

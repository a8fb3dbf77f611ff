/** {@code asyncmeta}: the numbers that the plugins with callbacks share. */
@NullMarked
package dev.domin.plugins.asyncmeta;

import org.jspecify.annotations.NullMarked;

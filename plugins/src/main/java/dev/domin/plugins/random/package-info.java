/** Pseudo-random numbers that can be repeated: {@code random}. */
@NullMarked
package dev.domin.plugins.random;

import org.jspecify.annotations.NullMarked;

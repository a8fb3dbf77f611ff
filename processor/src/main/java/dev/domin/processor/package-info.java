/** Writes the descriptors of plugins when they are compiled. */
@NullMarked
package dev.domin.processor;

import org.jspecify.annotations.NullMarked;

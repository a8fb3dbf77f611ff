/** Emitter: from the bound tree to a class file. */
@NullMarked
package dev.domin.lang.compile;

import org.jspecify.annotations.NullMarked;

/** Binder: names, types, overlays, definite assignment, calls of plugins. */
@NullMarked
package dev.domin.lang.bind;

import org.jspecify.annotations.NullMarked;

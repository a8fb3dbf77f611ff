/** Whole files: {@code fileio}. */
@NullMarked
package dev.domin.plugins.fileio;

import org.jspecify.annotations.NullMarked;

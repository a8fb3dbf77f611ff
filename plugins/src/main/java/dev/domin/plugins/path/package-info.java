/** The parts of file names, as text: {@code path}. */
@NullMarked
package dev.domin.plugins.path;

import org.jspecify.annotations.NullMarked;

/**
 * The parts of {@code Blob} that only domin's own modules use: the compiled code and the bundled plugins. Not exported
 * to others.
 */
@NullMarked
package dev.domin.spi.engine;

import org.jspecify.annotations.NullMarked;

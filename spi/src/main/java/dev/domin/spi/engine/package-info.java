/** The parts of {@code Blob} that only domin's own modules use: the compiled code and the bundled plugins. Not exported to others. */
package dev.domin.spi.engine;

/** The parts of file names, as text: {@code path}. */
package dev.domin.plugins.path;

/**
 * What plugins are written with: the annotations that declare a plugin and its functions, the types of their
 * parameters, and the services of a script's run.
 */
@NullMarked
package dev.domin.spi;

import org.jspecify.annotations.NullMarked;

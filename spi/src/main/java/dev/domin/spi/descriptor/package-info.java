/**
 * What compiler, help and runtime need to know of a plugin without an instance of it: the tables of its functions, as
 * the annotation processor writes them or as reflection reads them, and the rules for plugin classes, which both check
 * with the same messages. Authors of plugins do not need this package.
 */
@NullMarked
package dev.domin.spi.descriptor;

import org.jspecify.annotations.NullMarked;

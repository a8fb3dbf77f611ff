/** Parser: tokens, {@code #define}, grammar. */
@NullMarked
package dev.domin.lang.syntax;

import org.jspecify.annotations.NullMarked;

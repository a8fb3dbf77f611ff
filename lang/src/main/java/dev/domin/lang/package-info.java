/** The compiler. */
@NullMarked
package dev.domin.lang;

import org.jspecify.annotations.NullMarked;

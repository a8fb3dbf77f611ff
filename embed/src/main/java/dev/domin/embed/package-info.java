/** Lets other modules run scripts without knowing them. */
@NullMarked
package dev.domin.embed;

import org.jspecify.annotations.NullMarked;

/** The files that scripts name. Not for scripts, so not exported. */
@NullMarked
package dev.domin.plugins.files;

import org.jspecify.annotations.NullMarked;

/** Source text, places in it, and errors. */
@NullMarked
package dev.domin.lang.source;

import org.jspecify.annotations.NullMarked;

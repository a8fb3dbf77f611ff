/** A compiled script, and the classes that it uses at run time. */
@NullMarked
package dev.domin.lang.support;

import org.jspecify.annotations.NullMarked;

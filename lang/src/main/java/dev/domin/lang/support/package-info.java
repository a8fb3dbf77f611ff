/** What a compiled script leans on while it runs. */
@NullMarked
package dev.domin.lang.support;

import org.jspecify.annotations.NullMarked;

/** {@code str}: searching, cutting, changing, comparing and converting strings. */
@NullMarked
package dev.domin.plugins.str;

import org.jspecify.annotations.NullMarked;

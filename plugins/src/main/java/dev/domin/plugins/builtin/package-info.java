/**
 * The plugins that a directive names as {@code builtin:NAME}: {@code builtin:blob}, {@code builtin:string} and {@code
 * builtin:os}.
 */
@NullMarked
package dev.domin.plugins.builtin;

import org.jspecify.annotations.NullMarked;

/**
 * The plugins that a directive names as {@code builtin:NAME}: {@code builtin:blob}, {@code builtin:string} and {@code
 * builtin:os}.
 */
package dev.domin.plugins.builtin;

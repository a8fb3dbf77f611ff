/** Text to tree: tokens, {@code #define}, grammar. */
package dev.domin.lang.syntax;

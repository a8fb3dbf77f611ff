/** Parser: tokens, {@code #define}, grammar. */
package dev.domin.lang.syntax;

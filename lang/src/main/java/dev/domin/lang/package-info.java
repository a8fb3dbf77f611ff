/** The compiler. */
package dev.domin.lang;

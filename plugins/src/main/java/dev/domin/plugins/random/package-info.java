/** Pseudo-random numbers that can be repeated: {@code random}. */
package dev.domin.plugins.random;

/** {@code map}: maps from text to numbers, strings and blobs, shared by {@code main} and the callbacks. */
@NullMarked
package dev.domin.plugins.map;

import org.jspecify.annotations.NullMarked;

/** {@code map}: maps from text to numbers, strings and blobs, shared by {@code main} and the callbacks. */
package dev.domin.plugins.map;

/** Bound tree to class file. */
package dev.domin.lang.compile;

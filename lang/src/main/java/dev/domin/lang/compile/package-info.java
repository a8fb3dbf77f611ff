/** Emitter: from the bound tree to a class file. */
package dev.domin.lang.compile;

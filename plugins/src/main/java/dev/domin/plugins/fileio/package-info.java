/** Whole files: {@code fileio}. */
package dev.domin.plugins.fileio;

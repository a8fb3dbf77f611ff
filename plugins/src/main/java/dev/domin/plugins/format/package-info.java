/** The format language that {@code printf} and {@code string.Format} share. Not for scripts, so not exported. */
package dev.domin.plugins.format;

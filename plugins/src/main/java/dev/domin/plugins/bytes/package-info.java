/**
 * Searching and changing runs of bytes, for the plugins that work on blobs and strings. Everything takes time in proportion to the
 * bytes, and lets the script be cancelled meanwhile. Not for scripts, so not exported.
 */
package dev.domin.plugins.bytes;

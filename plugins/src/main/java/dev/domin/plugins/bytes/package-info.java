/**
 * Searches and changes bytes, for the plugins that work on blobs and strings. Everything takes time proportional to the
 * number of bytes, and can be cancelled. Not exported, because scripts do not call it.
 */
@NullMarked
package dev.domin.plugins.bytes;

import org.jspecify.annotations.NullMarked;

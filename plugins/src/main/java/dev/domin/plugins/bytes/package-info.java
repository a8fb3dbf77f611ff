/**
 * Searches and changes bytes, for the plugins that work on blobs and strings. Everything takes time proportional to the
 * number of bytes, and can be cancelled. Not exported, because scripts do not call it.
 */
package dev.domin.plugins.bytes;

/** {@code blob}: creating, formatting and searching blobs, and numbers in them. */
package dev.domin.plugins.blob;

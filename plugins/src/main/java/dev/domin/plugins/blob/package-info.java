/** {@code blob}: making, showing and searching blobs, and numbers inside them. */
package dev.domin.plugins.blob;

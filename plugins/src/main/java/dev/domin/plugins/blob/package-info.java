/** {@code blob}: creating, formatting and searching blobs, and numbers in them. */
@NullMarked
package dev.domin.plugins.blob;

import org.jspecify.annotations.NullMarked;

/** Digests, checksums and random bytes: {@code crypto}. */
@NullMarked
package dev.domin.plugins.crypto;

import org.jspecify.annotations.NullMarked;

/** Digests, checksums and random bytes: {@code crypto}. */
package dev.domin.plugins.crypto;

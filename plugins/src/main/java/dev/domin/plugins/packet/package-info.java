/** For callbacks of a UDP server: reads packets, and sends from the server's own port. */
@NullMarked
package dev.domin.plugins.packet;

import org.jspecify.annotations.NullMarked;

/** For callbacks of a UDP server: reads packets, and sends from the server's own port. */
package dev.domin.plugins.packet;

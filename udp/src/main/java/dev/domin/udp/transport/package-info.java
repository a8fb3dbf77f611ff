/** Receives and sends datagrams: sockets, and the memory of their packets. Knows neither handlers nor deadlines. */
@NullMarked
package dev.domin.udp.transport;

import org.jspecify.annotations.NullMarked;

/** How datagrams come and go: sockets, and the memory their packets are in. Knows neither handlers nor deadlines. */
@NullMarked
package dev.domin.udp.transport;

import org.jspecify.annotations.NullMarked;

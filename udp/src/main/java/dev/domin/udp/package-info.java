/** A UDP endpoint on 127.0.0.1: socket, receive loop, deadline, counters, close. */
@NullMarked
package dev.domin.udp;

import org.jspecify.annotations.NullMarked;

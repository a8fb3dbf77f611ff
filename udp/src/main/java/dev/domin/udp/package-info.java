/** A UDP endpoint on 127.0.0.1: socket, receive loop, deadline, counters, close. */
package dev.domin.udp;

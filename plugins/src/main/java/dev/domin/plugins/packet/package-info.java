/** What callbacks of a UDP server need for packets: reading their header, and sending from the server's own port. */
package dev.domin.plugins.packet;

/**
 * Receives and sends many datagrams with one system call of Linux. Needs the foreign function API of Java 22.
 */
@NullMarked
package dev.domin.udp.linux;

import org.jspecify.annotations.NullMarked;

/**
 * Receiving and sending many datagrams with one system call, as Linux offers it. Needs the foreign function API of Java
 * 22.
 */
@NullMarked
package dev.domin.udp.linux;

import org.jspecify.annotations.NullMarked;

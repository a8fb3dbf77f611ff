/**
 * The shared part of the plugins for UDP on loopback: the layout of the packet blob, and an endpoint that calls a
 * callback for each packet.
 */
@NullMarked
package dev.domin.plugins.loopback;

import org.jspecify.annotations.NullMarked;

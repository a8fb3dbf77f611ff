/**
 * The plugin {@code callbackudpserver}: UDP servers on loopback that deliver every packet to a callback of the script.
 */
@NullMarked
package dev.domin.plugins.callbackudpserver;

import org.jspecify.annotations.NullMarked;

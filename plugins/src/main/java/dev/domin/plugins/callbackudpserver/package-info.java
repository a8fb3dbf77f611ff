/** The plugin {@code callbackudpserver}: a UDP server on loopback whose every packet is a call of a script function. */
package dev.domin.plugins.callbackudpserver;

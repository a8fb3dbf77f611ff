/**
 * The plugin {@code callbackudpserver}: UDP servers on loopback that deliver every packet to a callback of the script.
 */
package dev.domin.plugins.callbackudpserver;

/**
 * The plugin {@code callbackudpclient}: UDP clients on loopback that deliver every packet to a callback of the script.
 */
@NullMarked
package dev.domin.plugins.callbackudpclient;

import org.jspecify.annotations.NullMarked;

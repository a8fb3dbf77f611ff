/** The plugin {@code callbackudpclient}: a UDP client on loopback that hands every reply to a script function. */
package dev.domin.plugins.callbackudpclient;

/** What the plugins that speak UDP on loopback share: the packet blob, and an endpoint whose packets are calls of a callback. */
package dev.domin.plugins.loopback;

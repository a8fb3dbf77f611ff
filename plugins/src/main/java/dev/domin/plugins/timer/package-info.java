/** {@code timer}: clocks, sleeping, and callbacks that run later. */
package dev.domin.plugins.timer;

/** {@code timer}: clocks, sleeping, and scheduled callbacks. */
package dev.domin.plugins.timer;

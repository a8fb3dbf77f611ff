/** {@code asyncmeta}: the numbers that the plugins with callbacks share. */
package dev.domin.plugins.asyncmeta;

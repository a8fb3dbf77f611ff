/** {@code print}: formatted output. */
package dev.domin.plugins.print;

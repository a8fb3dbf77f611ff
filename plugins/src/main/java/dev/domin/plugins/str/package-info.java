/** {@code str}: searching, cutting, changing, comparing and converting strings. */
package dev.domin.plugins.str;

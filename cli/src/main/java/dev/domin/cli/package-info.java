/** The {@code domin} command. */
package dev.domin.cli;

/**
 * Documentation of plugins, generated from their annotations: one model of a page, rendered as text for the terminal
 * and as Markdown for the reference. Running a script loads no class of this package.
 */
@NullMarked
package dev.domin.cli.help;

import org.jspecify.annotations.NullMarked;

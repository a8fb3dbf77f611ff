/**
 * What there is to read about plugins, made of their annotations: one model of a page, rendered as text for the
 * terminal and as Markdown for the reference. No run of a script loads anything here.
 */
package dev.domin.cli.help;

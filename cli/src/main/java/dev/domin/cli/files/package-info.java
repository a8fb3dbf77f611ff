/** Names of files on the command line, and what is wrong with them. */
@NullMarked
package dev.domin.cli.files;

import org.jspecify.annotations.NullMarked;

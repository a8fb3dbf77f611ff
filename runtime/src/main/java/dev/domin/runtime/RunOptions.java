package dev.domin.runtime;

import java.io.OutputStream;
import java.util.List;

/**
 * How to run a script.
 *
 * @param arguments what the script reads through {@code builtin:os}, as Java text
 * @param out where {@code printf} writes; written to in whole pieces and flushed each time. An {@link java.io.IOException} is an
 *     error of the script, but for {@link ReaderGoneException}, which cancels the run
 * @param listener who is told of errors
 * @param failFast whether the first error of a callback stops the script
 */
public record RunOptions(List<String> arguments, OutputStream out, RunListener listener, boolean failFast) {}

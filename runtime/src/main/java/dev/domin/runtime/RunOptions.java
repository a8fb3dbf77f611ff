package dev.domin.runtime;

import java.io.OutputStream;
import java.util.List;

/**
 * How to run a script.
 *
 * @param arguments what the script reads through {@code builtin:os}, as Java text
 * @param out where {@code printf} writes; written to in whole pieces and flushed each time
 * @param listener who is told of errors
 * @param failFast whether the first error of a callback stops the script
 */
public record RunOptions(List<String> arguments, OutputStream out, RunListener listener, boolean failFast) {}

/**
 * Compiles and runs scripts. {@link dev.domin.runtime.Script} is a compiled script, {@link dev.domin.runtime.ScriptRun}
 * one run of it.
 */
@NullMarked
package dev.domin.runtime;

import org.jspecify.annotations.NullMarked;

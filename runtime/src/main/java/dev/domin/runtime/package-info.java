/**
 * Scripts at run time. {@link dev.domin.runtime.Script} compiles and starts, {@link dev.domin.runtime.ScriptRun} is
 * what has been started.
 */
@NullMarked
package dev.domin.runtime;

import org.jspecify.annotations.NullMarked;

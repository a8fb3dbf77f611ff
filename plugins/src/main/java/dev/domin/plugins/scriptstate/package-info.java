/** Bytes that {@code main} and callbacks share: {@code script_state}. */
@NullMarked
package dev.domin.plugins.scriptstate;

import org.jspecify.annotations.NullMarked;

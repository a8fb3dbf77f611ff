/** Bytes that {@code main} and callbacks share: {@code script_state}. */
package dev.domin.plugins.scriptstate;

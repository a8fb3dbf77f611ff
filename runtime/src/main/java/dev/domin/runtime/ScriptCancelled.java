package dev.domin.runtime;

/** Unwinds a cancelled script. An {@link Error}, so that no plugin handles it as one of its own exceptions. */
final class ScriptCancelled extends Error {

    private static final long serialVersionUID = 1L;

    ScriptCancelled() {
        super("the script was cancelled", null, false, false);
    }
}

package dev.domin.runtime;

/** Unwinds a script that has been cancelled. An {@link Error}, so that no plugin takes it for a failure of its own. */
final class ScriptCancelled extends Error {

    private static final long serialVersionUID = 1L;

    ScriptCancelled() {
        super("the script was cancelled", null, false, false);
    }
}

package dev.domin.lang.support;

/**
 * Called by the script's code at its next loop iteration or function entry, as long as a safepoint {@linkplain
 * ScriptProgram#requestSafepoint is requested}.
 */
public interface Safepoint {

    /**
     * Yields the script lock to other threads, or ends the script by throwing. Called with the lock held, and returns
     * with it held.
     */
    void onSafepoint();
}

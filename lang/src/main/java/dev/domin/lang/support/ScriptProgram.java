package dev.domin.lang.support;

import dev.domin.spi.Blob;

/**
 * The superclass of every compiled script. The class has a public constructor without parameters. It is defined again
 * for each run, so its static fields belong to one run. The methods that run script code are called with the script
 * lock held.
 */
public abstract class ScriptProgram {

    /** For the compiled class. */
    protected ScriptProgram() {}

    /** {@return what {@code main} returned; 0 for a void one} */
    public abstract int main();

    /**
     * Runs a callback.
     *
     * @param index its index in {@link CompiledScript#callbacks}
     * @param blob its parameter
     * @return its result
     */
    public abstract int callback(int index, Blob blob);

    /** {@return whether its functions may be called to a depth that is not known at compile time} */
    public boolean isRecursive() {
        return false;
    }

    /**
     * Checks that a thread whose stack is already in use by the script can call a callback, as when the script calls a
     * plugin that calls the callback.
     *
     * @throws StackOverflowError if too little of the stack is left for a callback of a script that {@linkplain
     *     #isRecursive is recursive}
     */
    public void checkStack() {}

    /**
     * Requests that the script's code calls {@link Safepoint#onSafepoint} at its next loop iteration or function entry,
     * or withdraws the request. May be called by any thread.
     *
     * @param requested whether to call it
     */
    public abstract void requestSafepoint(boolean requested);
}

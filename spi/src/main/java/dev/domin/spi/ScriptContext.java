package dev.domin.spi;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The services that one run of a script gives to its plugins. All methods may be called from any thread, except
 * {@link #blocking} and {@link #checkCancelled}, which belong to the thread that is running the script's code.
 */
public interface ScriptContext {

    /**
     * Finds a callback of the script.
     *
     * @param name its name, as in the script
     * @return the callback
     * @throws ScriptError if the script has no callback of that name; the message suggests a similar one
     */
    Callback callback(String name);

    /**
     * Releases the script lock, runs an action, and acquires the lock again. Other callbacks and {@code main} run
     * meanwhile.
     *
     * <p>When the script (or this callback) is cancelled, the thread is interrupted, and this method does not return
     * normally: it throws what ends the script.
     *
     * @param call the action; it must not use blobs or references of the script
     * @param <T> what the work comes back with
     * @return the action's result
     * @throws IllegalStateException if this thread is not running a function that the script called: as in {@link
     *     Plugin#start}, in a plugin's own thread, or inside another blocking call
     */
    <T> T blocking(BlockingCall<T> call);

    /**
     * Throws what ends the script if the script or the running callback has been cancelled; otherwise returns at once.
     * A function that may work for more than a few milliseconds calls it regularly, for example after every 64 KiB of
     * data, so that Ctrl-C and closing a server need not wait for it. It keeps the script lock: other code of the
     * script does not run meanwhile. Does nothing in other threads than the one that runs the function.
     */
    void checkCancelled();

    /**
     * Registers a resource, which the run closes when the script ends, normally or not.
     *
     * @param resource the resource
     * @throws ScriptError if the script is already ending; then the caller has to close the resource
     */
    void register(ScriptResource resource);

    /**
     * Removes a resource that was closed before the end of the script.
     *
     * @param resource the resource; ignored if it is not registered
     */
    void unregister(ScriptResource resource);

    /**
     * Registers an action that releases something which only the running callback can release, such as a handle. It
     * runs if the callback fails or is cancelled: on the callback's thread, without the script lock, after the failure
     * has been reported. If the callback returns, the action is dropped. Each run of a callback has its own actions,
     * also while it blocks and another callback runs.
     *
     * <p>Does nothing if the function was not called from a callback: what {@code main} has created is released at the
     * end of the run.
     *
     * @param release the action, which throws nothing and does nothing if the script has already released the thing
     */
    void releaseOnFailure(Runnable release);

    /**
     * Removes a release action, because the script has released the thing.
     *
     * @param release the action; ignored if the running callback has not registered it
     */
    void forgetRelease(Runnable release);

    /**
     * Returns the one object of a class that all plugins of this run share. The first call creates it; it lives as long
     * as the run.
     *
     * @param type its class
     * @param maker creates it; called at most once in a run
     * @param <T> its class
     * @return the object
     */
    <T> T shared(Class<T> type, Supplier<T> maker);

    /**
     * Finds what the callback that is running in the calling thread was called for.
     *
     * @return the turn that its plugin gave; empty in {@code main}, in a call from Java, and in a thread that does not
     *     run code of the script
     */
    Optional<Turn> turn();

    /**
     * Finds an object that the host of the run offers to plugins, such as an observer of their packets.
     *
     * @param type its class
     * @param <T> its class
     * @return the object, or empty if the host offers none of this class
     */
    <T> Optional<T> service(Class<T> type);

    /**
     * Returns a limit of this run, for what a plugin keeps. Strings and blobs are limited by {@link
     * ByteStrings#checkLength}, and what is registered with {@link #register} by the run itself.
     *
     * @param limit which one
     * @return the largest number that is allowed
     */
    long limit(Limit limit);

    /**
     * {@return where {@code printf} writes. Each call is written and flushed at once. The script lock stays held,
     * unless a call waits for the reader for more than a few milliseconds; then the lock is released as in {@link
     * #blocking}}
     */
    OutputStream out();

    /**
     * {@return where messages for the person who runs the script go: the standard error. It is written as {@link #out}
     * is}
     */
    OutputStream err();

    /**
     * {@return what the script reads: the standard input. A read may wait for long, and an interrupt does not end it,
     * so it belongs to a thread of the plugin's own}
     */
    InputStream in();

    /** {@return the arguments that the script was started with, as script strings} */
    List<String> arguments();

    /**
     * Ends the run at once: {@code main} and every callback are cancelled, and everything is closed. Does not return in
     * the thread that is running the script's code. The first call decides on the exit code; an error that was reported
     * makes it 1 all the same.
     *
     * @param code the exit code, of which the low 8 bits count
     */
    void exit(int code);

    /**
     * Prints a warning for the person who runs the script, on its own line. Does nothing after the script has ended.
     *
     * @param sentence the warning, without a line break
     */
    void warn(String sentence);
}

package dev.domin.spi;

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
     * @param name its name, as the script gave it
     * @return the callback
     * @throws ScriptError if the script has no callback of that name; the sentence suggests a similar one
     */
    Callback callback(String name);

    /**
     * Lets the script lock go, does the work, and takes the lock again. Other callbacks and {@code main} run meanwhile.
     *
     * <p>When the script (or this callback) is cancelled, the thread is interrupted, and this method does not return: it
     * throws what unwinds the script.
     *
     * @param call the work; it must not touch blobs or references of the script
     * @param <T> what the work comes back with
     * @return what the work came back with
     * @throws IllegalStateException if this thread is not running a function that the script called: in {@link Plugin#start}, in a
     *     thread of the plugin's own, inside another blocking call
     */
    <T> T blocking(BlockingCall<T> call);

    /**
     * Throws what unwinds the script if it, or the callback that is running, has been cancelled; else it returns at once. A
     * function that may work for more than some milliseconds without waiting calls it now and then, for example every 64 KiB of
     * what it works through, so that Ctrl-C and closing a server need not wait for it. It keeps the script lock: other code of
     * the script does not run meanwhile. In any other thread than the one that runs the function it does nothing.
     */
    void checkCancelled();

    /**
     * Registers something that has to be closed when the script ends, in whatever way it does.
     *
     * @param resource what to close
     * @throws ScriptError if the script is already ending; the caller then closes the resource itself
     */
    void register(ScriptResource resource);

    /**
     * Forgets a resource that has been closed by itself.
     *
     * @param resource what was registered; one that is not registered is ignored
     */
    void unregister(ScriptResource resource);

    /**
     * Registers the release of something that the running callback has made and that only the callback can give back, such as
     * a handle. It runs if the callback fails or is cancelled: on the callback's thread, without the script lock, after the
     * failure has been reported. If the callback returns, it is forgotten. Each run of a callback has its own releases, so that a
     * callback which blocks while another one runs keeps its own.
     *
     * <p>Ignored where no callback is running the calling function, as in {@code main}: what {@code main} has made is released
     * with the run.
     *
     * @param release gives the thing back, without throwing; does nothing if the script has given it back already
     */
    void releaseOnFailure(Runnable release);

    /**
     * Forgets a release, since the script has given the thing back.
     *
     * @param release what was registered; one that the running callback has not registered is ignored
     */
    void forgetRelease(Runnable release);

    /**
     * Finds the one object of a class that all plugins of this run share, for plugins that work on the same things: the first
     * that asks makes it. It lives as long as the run.
     *
     * @param type its class, which is the name it is found by
     * @param maker makes it; called at most once in a run
     * @param <T> its class
     * @return the object
     */
    <T> T shared(Class<T> type, Supplier<T> maker);

    /**
     * Finds what the host of the run offers to its plugins, such as something that watches their packets.
     *
     * @param type its class, which is the name it is found by
     * @param <T> its class
     * @return the host's object, or empty where it offers none of this class
     */
    <T> Optional<T> service(Class<T> type);

    /**
     * {@return where {@code printf} writes. Each call is written and flushed at once. The script lock is kept, unless the reader
     * keeps a call waiting for some milliseconds: then it is as with {@link #blocking}}
     */
    OutputStream out();

    /** {@return the arguments that the script was started with, as script strings} */
    List<String> arguments();

    /**
     * Tells the person who runs the script something that is not an error, on a line of its own. Ignored once the script has
     * ended.
     *
     * @param sentence what to tell, without a line break
     */
    void warn(String sentence);
}

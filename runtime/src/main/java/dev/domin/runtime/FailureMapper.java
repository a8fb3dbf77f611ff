package dev.domin.runtime;

import dev.domin.lang.source.Span;
import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptError;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Converts an exception to a failure of the script: a place, a message and a help text. */
final class FailureMapper {

    private static final String DEEP_HELP = "check that the recursion ends, or use a loop instead";

    private static final String OUT_OF_MEMORY = "out of memory";

    /** The JVM has only a few preallocated errors with a stack trace for when memory is full; later ones have none. */
    private static final String OUT_OF_MEMORY_SOMEWHERE = "out of memory in this function or in one that it calls";

    private static final String HEAP_HELP =
            "keep less at a time, or give the JVM more, for example with DOMIN_JAVA_OPTS=-Xmx1g";

    /** How the JVM's message about a class begins whose initialization failed before. */
    private static final String UNINITIALIZED = "Could not initialize class";

    private static final StackTraceElement[] NO_FRAMES = {};

    private static final String NOT_THE_SCRIPT =
            "this is not the script's fault; please report it, with what the script did";

    private final CompiledScript script;

    FailureMapper(CompiledScript script) {
        this.script = script;
    }

    /**
     * Describes a failure of script code.
     *
     * @param thrown what was thrown
     * @param fallback the place to use if the stack trace has none
     * @param origin see {@link Failure#origin}
     */
    Failure describe(Throwable thrown, Span fallback, String origin) {
        var frames = stackTrace(thrown);
        if (frames.length == 0 && thrown.getCause() instanceof OutOfMemoryError outOfMemory) {
            frames = stackTrace(outOfMemory); // no memory was left for the outer error's stack trace
        }
        int scriptFrame = scriptFrame(frames);
        var span = fallback;
        if (scriptFrame < frames.length) {
            int number = frames[scriptFrame].getLineNumber();
            var place = number < 0 ? null : script.place(frames[scriptFrame].getMethodName(), number);
            if (place != null) {
                span = place;
            }
        }
        if (thrown instanceof OutOfMemoryError) {
            return outOfMemory(thrown.getMessage(), frames, span, origin);
        }
        String function = scriptFrame > 0 && scriptFrame < frames.length ? pluginFunction(frames[scriptFrame - 1]) : "";
        String message;
        String help = "";
        if (thrown instanceof ScriptError error) {
            message = function.isEmpty() || messageOf(error).startsWith(function)
                    ? messageOf(error)
                    : function + ": " + messageOf(error);
            help = error.help();
        } else if (thrown instanceof ArithmeticException && function.isEmpty()) {
            message = "division by zero";
        } else if (thrown instanceof StackOverflowError) {
            message = "the calls are nested too deeply";
            help = DEEP_HELP;
        } else if (isUninitializedClass(thrown)) {
            message = (function.isEmpty() ? "this" : function)
                    + " cannot be used any more: memory ran out at its first use";
            help = "start the script again with more memory, for example with DOMIN_JAVA_OPTS=-Xmx1g";
        } else {
            message = (function.isEmpty() ? "the script" : function) + " failed: " + thrown;
            help = NOT_THE_SCRIPT;
        }
        return new Failure(script.source(), span, message, help, origin, thrown);
    }

    /**
     * Finds the innermost frame that has a place in the script. If the stack overflowed at the entry of a function,
     * that is the frame of its caller: the frames of the stack check have no place.
     */
    private int scriptFrame(StackTraceElement[] frames) {
        int at = nextScriptFrame(frames, 0);
        if (at == frames.length || frames[at].getLineNumber() >= 0) {
            return at;
        }
        while (at < frames.length && frames[at].getLineNumber() < 0) {
            at = nextScriptFrame(frames, at + 1);
        }
        int caller = nextScriptFrame(frames, at + 1);
        return caller < frames.length ? caller : at;
    }

    /** {@return whether the error is about a class whose initialization failed permanently for lack of memory} */
    private static boolean isUninitializedClass(Throwable thrown) {
        if (!(thrown instanceof NoClassDefFoundError)) {
            return false;
        }
        var cause = thrown.getCause();
        if (cause == null) { // the JVM keeps the cause for later, unless there is no memory for that
            return String.valueOf(thrown.getMessage()).startsWith(UNINITIALIZED);
        }
        String first = String.valueOf(cause.getMessage());
        return cause instanceof ExceptionInInitializerError
                && (first.contains(OutOfMemoryError.class.getName())
                        || first.contains(UNINITIALIZED)); // of another class that it needs
    }

    /** Loads no further class and uses ASCII texts, which are cheap to escape: hardly any memory is left. */
    private Failure outOfMemory(@Nullable String jvmMessage, StackTraceElement[] frames, Span span, String origin) {
        String text = jvmMessage == null ? "" : jvmMessage;
        String message = OUT_OF_MEMORY;
        String help = HEAP_HELP;
        if (text.startsWith("Requested array size") || text.startsWith("Required ") || text.startsWith("Overflow")) {
            message = "out of memory: this would be more than the 2147483647 bytes that the JVM can hold in one piece";
            help = "work with smaller parts";
        } else if (text.startsWith("unable to create native thread")) {
            message = "out of memory: the system cannot start another thread";
            help = "open fewer servers at a time, or raise the system's limit of threads (ulimit -u)";
        } else if (text.equals("Metaspace") || text.equals("Compressed class space")) {
            message = "out of memory for classes (Metaspace)";
            help = "give the JVM more, for example with DOMIN_JAVA_OPTS=-XX:MaxMetaspaceSize=256m";
        } else if (text.contains("direct buffer memory")) {
            message = "out of memory for the buffers of sockets and files";
            help = "give the JVM more, for example with DOMIN_JAVA_OPTS=-XX:MaxDirectMemorySize=1g";
        } else if (frames.length == 0) {
            message = OUT_OF_MEMORY_SOMEWHERE;
        }
        // A copy, since the JVM's own error prevents the classes of its stack trace from being unloaded. With the
        // script's class all data of the script would stay in memory.
        var cause = new OutOfMemoryError(jvmMessage);
        cause.setStackTrace(frames);
        return new Failure(script.source(), span, message, help, origin, cause);
    }

    private static StackTraceElement[] stackTrace(Throwable thrown) {
        try {
            return thrown.getStackTrace();
        } catch (LinkageError _) { // a class of the JDK that could not be initialized for lack of memory
            return NO_FRAMES;
        }
    }

    private int nextScriptFrame(StackTraceElement[] frames, int from) {
        int at = from;
        while (at < frames.length && !frames[at].getClassName().equals(script.className())) {
            at++;
        }
        return at;
    }

    /** Describes errors of a callback that could not be described when they occurred. */
    Failure unreported(Span callback) {
        return new Failure(
                script.source(),
                callback,
                "out of memory, with too little left to report the place",
                HEAP_HELP,
                "",
                new OutOfMemoryError("reported late"));
    }

    /**
     * Describes an exception thrown by closing a plugin's resource. No code of the script runs then, so the place is
     * the script's start.
     */
    Failure ofClosing(Object part, Throwable thrown) {
        String help = thrown instanceof ScriptError error ? error.help() : NOT_THE_SCRIPT;
        return new Failure(
                script.source(),
                script.places().getFirst(),
                (part instanceof Plugin ? "a plugin (" : "a resource of a plugin (")
                        + part.getClass().getName()
                        + (part instanceof Plugin ? ") failed to stop: " : ") failed to close: ")
                        + messageOf(thrown),
                help,
                "",
                thrown);
    }

    /** Describes that the run has reached a limit set by its host. */
    Failure ofLimit(String message, String help) {
        return new Failure(
                script.source(), script.places().getFirst(), message, help, "", new TimeoutException(message));
    }

    /** Creates the error of a plugin that could not be started. */
    static ScriptError ofPlugin(PluginDescriptor plugin, String member, Throwable thrown) {
        String what = "the plugin " + plugin.library() + " (" + plugin.className() + ") cannot be started: ";
        var result = thrown instanceof ScriptError error
                ? new ScriptError(what + error.getMessage(), error.help())
                : new ScriptError(what + "its " + member + " threw " + thrown, NOT_THE_SCRIPT);
        result.initCause(thrown);
        return result;
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof ScriptError && message != null ? message : thrown.toString();
    }

    /** {@return the plugin function that a frame belongs to, as scripts call it; empty if it is none} */
    private String pluginFunction(StackTraceElement frame) {
        for (PluginDescriptor plugin : script.plugins()) {
            if (plugin.className().equals(frame.getClassName())) {
                for (var function : plugin.functions()) {
                    if (function.method().equals(frame.getMethodName())) {
                        return function.global() ? function.name() : plugin.namespace() + "." + function.name();
                    }
                }
            }
        }
        return "";
    }
}

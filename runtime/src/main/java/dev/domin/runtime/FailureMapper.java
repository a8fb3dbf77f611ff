package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns what the JVM threw into what the script did wrong, and where. */
final class FailureMapper {

    private static final String DEEP_HELP = "check that the recursion ends; what nests deeper wants a loop";

    private static final String OUT_OF_MEMORY = "out of memory";

    /** The JVM has a few errors ready for when memory is full; those that come later have no stack trace. */
    private static final String SOMEWHERE = "out of memory in this function or in one that it calls";

    private static final String HEAP_HELP =
            "keep less at a time, or give the JVM more, for example with DOMIN_JAVA_OPTS=-Xmx1g";

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
     * @param fallback the place where the stack does not tell one
     * @param origin see {@link Failure#origin}
     */
    Failure describe(Throwable thrown, Span fallback, String origin) {
        var frames = stackTrace(thrown);
        if (frames.length == 0 && thrown.getCause() instanceof OutOfMemoryError outOfMemory) {
            frames = stackTrace(outOfMemory); // there was no memory for the stack trace of the error that tells of it
        }
        int scriptFrame = scriptFrame(frames);
        var span = fallback;
        if (scriptFrame < frames.length) {
            int place = frames[scriptFrame].getLineNumber();
            if (place >= 0 && place < script.places().size()) {
                span = script.places().get(place);
            }
        }
        if (thrown instanceof OutOfMemoryError) {
            return outOfMemory(thrown.getMessage(), frames, span, origin);
        }
        String function = scriptFrame > 0 && scriptFrame < frames.length ? pluginFunction(frames[scriptFrame - 1]) : "";
        String message;
        String help = "";
        if (thrown instanceof ScriptError error) {
            message = function.isEmpty() || said(error).startsWith(function)
                    ? said(error)
                    : function + ": " + said(error);
            help = error.help();
        } else if (thrown instanceof ArithmeticException && function.isEmpty()) {
            message = "division by zero";
        } else if (thrown instanceof StackOverflowError) {
            message = "the calls are nested too deeply";
            help = DEEP_HELP;
        } else if (isSpoiledClass(thrown)) {
            message = (function.isEmpty() ? "this" : function)
                    + " cannot be used any more: memory ran out when it was about to be used for the first time";
            help = "start the script anew, with more memory, for example with DOMIN_JAVA_OPTS=-Xmx1g";
        } else {
            message = (function.isEmpty() ? "the script" : function) + " failed: " + thrown;
            help = NOT_THE_SCRIPT;
        }
        return new Failure(script.source(), span, message, help, origin, thrown);
    }

    /**
     * Finds the innermost frame that has a place in the script. Where the stack came to its end while a function began,
     * that is the frame of its caller: the frames of what looked how much is left have no place.
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

    /** {@return whether a class is meant that could not be initialized, once and for all, for want of memory} */
    private static boolean isSpoiledClass(Throwable thrown) {
        return thrown instanceof NoClassDefFoundError
                && thrown.getCause() instanceof ExceptionInInitializerError first
                && String.valueOf(first.getMessage()).contains(OutOfMemoryError.class.getName());
    }

    /** Uses no further class, and plain letters, which are quickly escaped: there is hardly any memory. */
    private Failure outOfMemory(@Nullable String jvmMessage, StackTraceElement[] frames, Span span, String origin) {
        String said = jvmMessage == null ? "" : jvmMessage;
        String message = OUT_OF_MEMORY;
        String help = HEAP_HELP;
        if (said.startsWith("Requested array size") || said.startsWith("Required ") || said.startsWith("Overflow")) {
            message = "out of memory: this would be more than the 2147483647 bytes that the JVM can hold in one piece";
            help = "work with smaller parts";
        } else if (said.startsWith("unable to create native thread")) {
            message = "out of memory: the system starts no further thread";
            help = "open fewer servers at a time, or raise the system's limit of threads (ulimit -u)";
        } else if (said.equals("Metaspace") || said.equals("Compressed class space")) {
            message = "out of memory for classes (Metaspace)";
            help = "give the JVM more, for example with DOMIN_JAVA_OPTS=-XX:MaxMetaspaceSize=256m";
        } else if (said.contains("direct buffer memory")) {
            message = "out of memory for the buffers of sockets and files";
            help = "give the JVM more, for example with DOMIN_JAVA_OPTS=-XX:MaxDirectMemorySize=1g";
        } else if (frames.length == 0) {
            message = SOMEWHERE;
        }
        // Not the JVM's own error, which keeps the classes of its stack trace from being unloaded: with the script's
        // class all
        // that it has in memory would stay, and that is what was too much.
        var cause = new OutOfMemoryError(jvmMessage);
        cause.setStackTrace(frames);
        return new Failure(script.source(), span, message, help, origin, cause);
    }

    private static StackTraceElement[] stackTrace(Throwable thrown) {
        try {
            return thrown.getStackTrace();
        } catch (LinkageError _) { // a class of the JDK that could not be initialized, for want of memory
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

    /** Describes errors of a callback that could not be described when they came. */
    Failure unreported(Span callback) {
        return new Failure(
                script.source(),
                callback,
                "out of memory, and too little was left to report where",
                HEAP_HELP,
                "",
                new OutOfMemoryError("reported late"));
    }

    /**
     * Describes what a plugin threw when it was to be closed; by then the script is nowhere, so the place is its start.
     */
    Failure ofClosing(ScriptResource resource, Throwable thrown) {
        String help = thrown instanceof ScriptError error ? error.help() : NOT_THE_SCRIPT;
        return new Failure(
                script.source(),
                script.places().getFirst(),
                "what a plugin had opened (" + resource.getClass().getName() + ") failed to close: " + said(thrown),
                help,
                "",
                thrown);
    }

    /** Describes that the run has reached a limit that its host has set. */
    Failure ofLimit(String message, String help) {
        return new Failure(
                script.source(), script.places().getFirst(), message, help, "", new TimeoutException(message));
    }

    /** Makes the error of a plugin that could not begin. */
    static ScriptError ofPlugin(PluginDescriptor plugin, String member, Throwable thrown) {
        String what = "the plugin " + plugin.library() + " (" + plugin.className() + ") cannot be started: ";
        var error = thrown instanceof ScriptError told
                ? new ScriptError(what + told.getMessage(), told.help())
                : new ScriptError(what + "its " + member + " threw " + thrown, NOT_THE_SCRIPT);
        error.initCause(thrown);
        return error;
    }

    private static String said(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof ScriptError && message != null ? message : thrown.toString();
    }

    /** Names the plugin function that a frame belongs to, as scripts call it; empty where it is none. */
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

package dev.domin.runtime;

import dev.domin.lang.CompiledScript;
import dev.domin.lang.source.Span;
import dev.domin.spi.PluginDescriptor;
import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;

/** Turns what the JVM threw into what the script did wrong, and where. */
final class FailureMapper {

    private static final String DEEP_HELP = "check that the recursion ends; what nests deeper wants a loop";

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
        var frames = thrown.getStackTrace();
        int scriptFrame = scriptFrame(frames);
        var span = fallback;
        if (scriptFrame < frames.length) {
            int place = frames[scriptFrame].getLineNumber();
            if (place >= 0 && place < script.places().size()) {
                span = script.places().get(place);
            }
        }
        String function = scriptFrame > 0 && scriptFrame < frames.length ? pluginFunction(frames[scriptFrame - 1]) : "";
        String message;
        String help = "";
        if (thrown instanceof ScriptError error) {
            message = function.isEmpty() || error.getMessage().startsWith(function)
                    ? error.getMessage()
                    : function + ": " + error.getMessage();
            help = error.help();
        } else if (thrown instanceof ArithmeticException && function.isEmpty()) {
            message = "division by zero";
        } else if (thrown instanceof StackOverflowError) {
            message = "the calls are nested too deeply";
            help = DEEP_HELP;
        } else if (thrown instanceof OutOfMemoryError) {
            message = "out of memory";
            help = "keep less at a time, or give the JVM more with DOMIN_JAVA_OPTS=-Xmx…";
        } else {
            message = (function.isEmpty() ? "the script" : function) + " failed: " + thrown;
            help = NOT_THE_SCRIPT;
        }
        return new Failure(script.source(), span, message, help, origin, thrown);
    }

    /**
     * Finds the innermost frame that has a place in the script. Where the stack came to its end while a function began, that is
     * the frame of its caller: the frames of what looked how much is left have no place.
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

    private int nextScriptFrame(StackTraceElement[] frames, int from) {
        int at = from;
        while (at < frames.length && !frames[at].getClassName().equals(script.className())) {
            at++;
        }
        return at;
    }

    /** Describes what a plugin threw when it was to be closed; by then the script is nowhere, so the place is its start. */
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
        return thrown instanceof ScriptError ? thrown.getMessage() : thrown.toString();
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

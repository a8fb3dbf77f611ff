package dev.domin.inspector.script;

import java.util.List;

/**
 * The last attempt to reload a script.
 *
 * @param watching whether the script is reloaded when it is saved
 * @param number how many attempts there were; 0 if there was none, and then the rest says nothing
 * @param epochMicros when it was, in microseconds since 1970
 * @param isOk whether the new script runs; otherwise the one before still does
 * @param errors why it was refused
 */
public record Reload(boolean watching, long number, long epochMicros, boolean isOk, List<Problem> errors) {

    /** No reload. */
    public static final Reload NONE = new Reload(false, 0, 0, true, List.of());
}

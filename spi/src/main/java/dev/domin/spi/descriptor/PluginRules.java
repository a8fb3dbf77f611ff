package dev.domin.spi.descriptor;

import dev.domin.spi.Param;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for plugin classes. Finds every fault, not only the first. */
public final class PluginRules {

    /** Receives the faults. */
    @FunctionalInterface
    public interface Problems {

        /**
         * Reports a fault.
         *
         * @param place the {@code place} of the faulty part of the model
         * @param sentence what is wrong and what is wanted, beginning with the name of the part
         */
        void report(Object place, String sentence);
    }

    private static final String BUILTIN = "builtin:";

    private final PluginModel plugin;
    private final Problems problems;

    private PluginRules(PluginModel plugin, Problems problems) {
        this.plugin = plugin;
        this.problems = problems;
    }

    /**
     * Checks a plugin.
     *
     * @param plugin the class as it was read
     * @param problems receives the faults
     */
    public static void check(PluginModel plugin, Problems problems) {
        new PluginRules(plugin, problems).checkAll();
    }

    private void checkAll() {
        checkClass();
        checkNames();
        Map<String, String> methods = new HashMap<>();
        for (var function : plugin.functions()) {
            checkFunction(function);
            claim(methods, function, function.annotation().name());
            for (var alias : function.annotation().aliases()) {
                claim(methods, function, alias);
            }
        }
    }

    private void checkClass() {
        if (!plugin.isPlugin()) {
            report("a class with @ScriptPlugin must implement dev.domin.spi.Plugin");
        }
        if (!plugin.isPublic()) {
            report("a plugin class must be public, so that scripts can call it");
        }
        if (!plugin.isConcrete()) {
            report("a plugin class must be one that can be instantiated: not abstract, no interface, "
                    + "and static if it is nested");
        } else if (!plugin.hasConstructor()) {
            report("a plugin class needs a public constructor without parameters: each script run creates an instance");
        }
        if (plugin.annotation().doc().isBlank()) {
            report("doc is empty: say in a paragraph what the plugin is for");
        }
        if (plugin.functions().isEmpty()) {
            report("no method has @ScriptFunction, so scripts could call nothing");
        }
    }

    private void checkNames() {
        var annotation = plugin.annotation();
        if (!isName(annotation.namespace())) {
            report("namespace \"" + annotation.namespace()
                    + "\" is not a name: use letters, digits and _, and do not begin with a digit");
        }
        Set<String> libraries = new HashSet<>();
        checkLibrary("library", annotation.library(), libraries);
        for (var alias : annotation.aliases()) {
            checkLibrary("alias", alias, libraries);
        }
        var path = annotation.path();
        if (!path.isEmpty() && !path.substring(path.lastIndexOf('/') + 1).equals(annotation.library())) {
            report("path \"" + path + "\" must end in the library's name, \"" + annotation.library()
                    + "\", because a directive is matched by its last part");
        }
    }

    private void checkLibrary(String what, String library, Set<String> seen) {
        var name = library.startsWith(BUILTIN) ? library.substring(BUILTIN.length()) : library;
        if (!isName(name)) {
            report(what + " \"" + library + "\" is neither a name, such as TimerPlugin, nor `builtin:` and a name");
        } else if (!seen.add(library)) {
            report(what + " \"" + library + "\" is given twice");
        }
    }

    private void claim(Map<String, String> methods, FunctionModel function, String name) {
        if (!isName(name)) {
            report(
                    function,
                    "\"" + name
                            + "\" is not a name for a function: use letters, digits and _, and do not "
                            + "begin with a digit");
            return;
        }
        var first = methods.putIfAbsent(name, function.method());
        if (first != null) {
            report(function, "the name " + name + " is used twice in this plugin, first by " + first);
        }
    }

    private void checkFunction(FunctionModel function) {
        var annotation = function.annotation();
        if (!function.isPublic()) {
            report(function, "a function's method must be public, so that scripts can call it");
        }
        if (annotation.doc().isBlank()) {
            report(function, "doc is empty: say in a paragraph what the function does");
        }
        if (function.result() == null) {
            report(function, "the result is " + function.resultType() + ", but scripts have only " + Types.RESULTS);
        } else if (function.result() != Kind.VOID && annotation.returns().isBlank()) {
            report(function, "returns is empty: say what the result means");
        }
        if (annotation.example().isBlank() && !annotation.output().isBlank()) {
            report(function, "there is an output without the example that prints it");
        }
        checkParameters(function);
    }

    private void checkParameters(FunctionModel function) {
        Set<String> names = new HashSet<>();
        @Nullable String optional = null;
        for (int i = 0; i < function.parameters().size(); i++) {
            var parameter = function.parameters().get(i);
            var annotation = parameter.annotation();
            var label = "parameter " + (i + 1);
            if (annotation == null) {
                report(function, parameter, label + " has no @Param, which names and explains it");
                continue;
            }
            label += " (" + annotation.value() + ")";
            checkParameter(
                    function,
                    parameter,
                    annotation,
                    label,
                    i == function.parameters().size() - 1);
            if (!names.add(annotation.value())) {
                report(function, parameter, label + " has the name of an earlier one");
            }
            if (!annotation.defaultValue().isEmpty()) {
                optional = annotation.value();
            } else if (optional != null && parameter.kind() != Kind.VARIADIC) {
                report(
                        function,
                        parameter,
                        label + " is required but comes after " + optional
                                + ", which is optional; put required parameters first");
            }
        }
    }

    private void checkParameter(
            FunctionModel function, ParameterModel parameter, Param annotation, String label, boolean last) {
        var kind = parameter.kind();
        if (!isName(annotation.value())) {
            report(function, parameter, label + " has an invalid name: use letters, digits and _");
        }
        if (annotation.doc().isBlank()) {
            report(function, parameter, label + " has an empty doc: say what it means, with its unit and range");
        }
        if (kind == null) {
            report(
                    function,
                    parameter,
                    label + " is " + parameter.type() + ", but scripts have only " + Types.PARAMETERS);
            return;
        }
        if (kind == Kind.VARIADIC && !(last && function.isVarArgs())) {
            report(
                    function,
                    parameter,
                    label + " takes any number of arguments, so it must be the last, written Object...");
        }
        if (annotation.byRef() && kind != Kind.BLOB && !kind.isReference()) {
            report(
                    function,
                    parameter,
                    label + " is byRef, which only a Blob can be; for other types use IntRef, LongRef, "
                            + "DoubleRef or StringRef");
        }
        checkDefault(function, parameter, annotation.defaultValue(), label, kind);
        if (parameter.hasRule()) {
            ParameterRules.check(
                    parameter, annotation, kind, sentence -> report(function, parameter, label + sentence));
        }
    }

    private void checkDefault(FunctionModel function, ParameterModel parameter, String value, String label, Kind kind) {
        if (value.isEmpty()) {
            return;
        }
        var wanted = switch (kind) {
            case INT ->
                isInteger(value, Integer.MIN_VALUE, Integer.MAX_VALUE) ? "" : "it must be an int, such as 0 or -1";
            case LONG -> isInteger(value, Long.MIN_VALUE, Long.MAX_VALUE) ? "" : "it must be an int, such as 0 or -1";
            case DOUBLE -> isDouble(value) ? "" : "it must be a double, such as 0.5";
            case STRING -> isString(value) ? "" : "it must be a string in double quotes";
            default -> "an argument of type " + kind.scriptName() + " cannot be omitted";
        };
        if (!wanted.isEmpty()) {
            report(function, parameter, label + " has the default value " + value + ", but " + wanted);
        }
    }

    private static boolean isInteger(String value, long minimum, long maximum) {
        try {
            // Long.decode accepts octal numbers and `#`, which scripts do not have.
            boolean octal = value.length() > 1 && value.startsWith("0") && Character.isDigit(value.charAt(1));
            long number = Long.decode(value);
            return !octal && !value.startsWith("#") && number >= minimum && number <= maximum;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isDouble(String value) {
        for (int i = 0; i < value.length(); i++) {
            if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        try {
            return Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isString(String value) {
        int end = value.length() - 1;
        if (end < 1 || value.charAt(0) != '"' || value.charAt(end) != '"') {
            return false;
        }
        for (int i = 1; i < end; i++) {
            if (value.charAt(i) == '"') {
                return false;
            }
            if (value.charAt(i) == '\\' && ++i == end) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private void report(String sentence) {
        problems.report(plugin.place(), plugin.className() + ": " + sentence);
    }

    private void report(FunctionModel function, String sentence) {
        problems.report(function.place(), plugin.className() + "." + function.method() + ": " + sentence);
    }

    private void report(FunctionModel function, ParameterModel parameter, String sentence) {
        problems.report(parameter.place(), plugin.className() + "." + function.method() + ": " + sentence);
    }
}

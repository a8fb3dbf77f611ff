package dev.domin.spi.descriptor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a plugin class has to keep to. Finds every fault, not the first alone. */
public final class PluginRules {

    /** Takes the faults. */
    @FunctionalInterface
    public interface Problems {

        /**
         * Reports a fault.
         *
         * @param place the {@code place} of the model's part that is at fault
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
     * @param problems takes the faults
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
            report("a class with @ScriptPlugin has to implement dev.domin.spi.Plugin");
        }
        if (!plugin.isPublic()) {
            report("a plugin class has to be public, so that scripts can call it");
        }
        if (!plugin.isConcrete()) {
            report(
                    "a plugin class has to be a class of its own: not abstract, no interface, and static where it is nested");
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
                    + "\" is not a name: it takes letters, digits and _, and begins with no digit");
        }
        Set<String> libraries = new HashSet<>();
        checkLibrary("library", annotation.library(), libraries);
        for (var alias : annotation.aliases()) {
            checkLibrary("alias", alias, libraries);
        }
        var path = annotation.path();
        if (!path.isEmpty() && !path.substring(path.lastIndexOf('/') + 1).equals(annotation.library())) {
            report("path \"" + path + "\" has to end in the library's name, \"" + annotation.library()
                    + "\", since a directive is matched by its last part");
        }
    }

    private void checkLibrary(String what, String library, Set<String> seen) {
        var name = library.startsWith(BUILTIN) ? library.substring(BUILTIN.length()) : library;
        if (!isName(name)) {
            report(what + " \"" + library + "\" is neither a name, such as TimerPlugin, nor builtin: and a name");
        } else if (!seen.add(library)) {
            report(what + " \"" + library + "\" is given twice");
        }
    }

    private void claim(Map<String, String> methods, FunctionModel function, String name) {
        if (!isName(name)) {
            report(
                    function,
                    "\"" + name
                            + "\" is not a name for a function: it takes letters, digits and _, and begins with no digit");
            return;
        }
        var first = methods.putIfAbsent(name, function.method());
        if (first != null) {
            report(function, "the name " + name + " is taken twice in this plugin, first by " + first);
        }
    }

    private void checkFunction(FunctionModel function) {
        var annotation = function.annotation();
        if (!function.isPublic()) {
            report(function, "a function's method has to be public, so that scripts can call it");
        }
        if (annotation.doc().isBlank()) {
            report(function, "doc is empty: say in a paragraph what the function does");
        }
        if (function.result() == null) {
            report(
                    function,
                    "the result is " + function.resultType() + ", which scripts do not know; they know "
                            + Types.RESULTS);
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
        String optional = null;
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
                    function, parameter, label, i == function.parameters().size() - 1);
            if (!names.add(annotation.value())) {
                report(function, parameter, label + " has the name of an earlier one");
            }
            if (!annotation.defaultValue().isEmpty()) {
                optional = annotation.value();
            } else if (optional != null && parameter.kind() != Kind.VARIADIC) {
                report(
                        function,
                        parameter,
                        label + " is compulsory but comes after " + optional
                                + ", which is optional; put the compulsory ones first");
            }
        }
    }

    private void checkParameter(FunctionModel function, ParameterModel parameter, String label, boolean last) {
        var annotation = parameter.annotation();
        var kind = parameter.kind();
        if (!isName(annotation.value())) {
            report(function, parameter, label + " has no proper name: it takes letters, digits and _");
        }
        if (annotation.doc().isBlank()) {
            report(function, parameter, label + " has an empty doc: say what it means, with its unit and range");
        }
        if (kind == null) {
            report(
                    function,
                    parameter,
                    label + " is " + parameter.type() + ", which scripts do not know; they know " + Types.PARAMETERS);
            return;
        }
        if (kind == Kind.VARIADIC && !(last && function.isVarArgs())) {
            report(
                    function,
                    parameter,
                    label + " takes any number of arguments, so it has to be the last, written Object...");
        }
        if (annotation.byRef() && kind != Kind.BLOB && !kind.isReference()) {
            report(
                    function,
                    parameter,
                    label + " is byRef, which a Blob can be; for others take IntRef, LongRef, DoubleRef"
                            + " or StringRef");
        }
        checkDefault(function, parameter, label, kind);
    }

    private void checkDefault(FunctionModel function, ParameterModel parameter, String label, Kind kind) {
        var value = parameter.annotation().defaultValue();
        if (value.isEmpty()) {
            return;
        }
        var wanted = switch (kind) {
            case INT -> isInteger(value, Integer.MIN_VALUE, Integer.MAX_VALUE) ? "" : "an int, such as 0 or -1";
            case LONG -> isInteger(value, Long.MIN_VALUE, Long.MAX_VALUE) ? "" : "an int, such as 0 or -1";
            case DOUBLE -> isDouble(value) ? "" : "a double, such as 0.5";
            case STRING -> isString(value) ? "" : "a string in double quotes";
            default -> "none: an argument of type " + kind.scriptName() + " cannot be left out";
        };
        if (!wanted.isEmpty()) {
            report(function, parameter, label + " has the default value " + value + "; wanted is " + wanted);
        }
    }

    private static boolean isInteger(String value, long minimum, long maximum) {
        try {
            // A sign inside the digits, as in 0x-1, is one that decode refuses, but it knows octal, and scripts do not.
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

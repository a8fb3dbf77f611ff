package dev.domin.conformance.fuzz;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Script;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.Kind;
import dev.domin.spi.descriptor.ParameterDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A script with a function for each function of each plugin, so that Java code can call them with any arguments. */
final class PluginCalls {

    /** Ends the run. */
    private static final Set<String> LEFT_OUT = Set.of("os.Exit");

    private static final List<Kind> VARIADIC = List.of(Kind.LONG, Kind.STRING, Kind.DOUBLE, Kind.BLOB);

    private static final String BEGINNING = """
            callback i32 OnPacket(ref blob $X) { return(1); }
            i32 Other(i32 $a) { return($a); }
            void Begin() {
                callbackudpserver.Open("OnPacket", -1);
                callbackudpserver.Open("OnPacket", 0);
                callbackudpserver.Close(2);
                callbackudpclient.Open("OnPacket", -1);
                callbackudpclient.Open("OnPacket", -1);
                callbackudpclient.Close(2);
                map.Create("m", 8);
                map.PutInt("m", "i", 1);
                map.PutString("m", "s", "x");
                map.Create("gone", 1);
                map.Destroy("gone");
                json.Parse("{\\"a\\": {\\"b\\": [1, 2.5, null, \\"x\\"]}, \\"i\\": 1}");
                json.Parse("[1, {\\"a\\": 2}, [], \\"x\\"]");
                json.Free(json.NewObject());
                script_state.Allocate(16);
                timer.Schedule("OnPacket", 60000);
            }
            i32 main() { return(0); }
            """;

    /** A function of the script that calls one of a plugin. */
    record Wrapper(String name, String shown, List<ParameterDeclaration> parameters) {}

    private final List<Wrapper> wrappers = new ArrayList<>();
    private final Script script;

    PluginCalls() {
        var plugins = new KeptPlugins();
        var text = new StringBuilder(BEGINNING);
        for (var library : plugins.libraries()) {
            var plugin = plugins.find(library).orElseThrow();
            for (var function : plugin.functions()) {
                String name = (function.global() ? "" : plugin.namespace() + ".") + function.name();
                if (!LEFT_OUT.contains(name)) {
                    wrap(name, function, text);
                }
            }
        }
        script = Script.compileStatements(new SourceFile("calls.dom", text.toString()), plugins);
    }

    /** {@return the functions} */
    List<Wrapper> all() {
        return wrappers;
    }

    /** {@return the script; its function {@code Begin} opens some servers, handles and the like} */
    Script script() {
        return script;
    }

    private void wrap(String name, FunctionDeclaration function, StringBuilder text) {
        if (!function.isVariadic()) {
            wrap(name, function.parameters(), text);
            return;
        }
        var fixed = function.parameters().subList(0, function.parameters().size() - 1);
        wrap(name, fixed, text);
        for (var first : VARIADIC) {
            var one = new ArrayList<>(fixed);
            one.add(more(first));
            wrap(name, one, text);
            var two = new ArrayList<>(one);
            two.add(more(Kind.STRING));
            wrap(name, two, text);
        }
    }

    private static ParameterDeclaration more(Kind kind) {
        return new ParameterDeclaration("more", kind, false, "", "");
    }

    private void wrap(String name, List<ParameterDeclaration> parameters, StringBuilder text) {
        var wrapper = new Wrapper("Call" + wrappers.size(), name, List.copyOf(parameters));
        wrappers.add(wrapper);
        var head = new ArrayList<String>();
        var arguments = new ArrayList<String>();
        for (int i = 0; i < parameters.size(); i++) {
            head.add(type(parameters.get(i)) + " $a" + i);
            arguments.add("$a" + i);
        }
        text.append("void " + wrapper.name() + "(" + String.join(", ", head) + ") { " + name + "("
                + String.join(", ", arguments) + "); }\n");
    }

    private static String type(ParameterDeclaration parameter) {
        return switch (parameter.kind()) {
            case INT, LONG -> "i64";
            case DOUBLE -> "double";
            case STRING -> "string";
            case BLOB -> parameter.byRef() ? "ref blob" : "blob";
            case INT_REF -> "ref i32";
            case LONG_REF -> "ref i64";
            case DOUBLE_REF -> "ref double";
            case STRING_REF -> "ref string";
            case VARIADIC, VOID -> throw new IllegalArgumentException(parameter.name());
        };
    }
}

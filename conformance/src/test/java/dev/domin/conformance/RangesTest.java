package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.SourceFile;
import dev.domin.runtime.Plugins;
import dev.domin.spi.descriptor.ArgumentRule;
import dev.domin.spi.descriptor.FunctionDeclaration;
import dev.domin.spi.descriptor.ParameterDeclaration;
import dev.domin.spi.descriptor.PluginDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each range that a plugin declares is one that its function checks: a value outside it stops the script. */
class RangesTest {

    private static final String BEFORE = """
            callback i32 OnPacket(ref blob $X) { return(1); }
            blob $b[64];
            i32 $n = 1;
            i64 $l = 1;
            string $s = "a";
            callbackudpserver.Open("OnPacket", -1);
            callbackudpclient.Open("OnPacket", -1);
            map.Create("text", 1);
            json.Parse("{\\"text\\": {}}");
            json.Parse("[]");
            """;

    @TestFactory
    Stream<DynamicTest> shouldBeCheckedWhenTheScriptRuns() {
        var tests = new ArrayList<DynamicTest>();
        for (var library : Plugins.installed().libraries()) {
            var plugin = Plugins.installed().find(library).orElseThrow();
            for (var rule : plugin.argumentRules()) {
                outside(rule, bad -> {
                    var call = call(plugin, rule, bad);
                    tests.add(DynamicTest.dynamicTest(call, () -> check(call, bad)));
                });
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    private static void outside(ArgumentRule rule, LongConsumer values) {
        if (rule.min() != Long.MIN_VALUE) {
            values.accept(rule.min() - 1);
        }
        if (rule.max() != Long.MAX_VALUE) {
            values.accept(rule.max() + 1);
        }
    }

    private static void check(String call, long bad) {
        var source = new SourceFile("range.dom", BEFORE + call);
        var surroundings = new Execution.Surroundings(Plugins.installed(), List.of(), "");
        var outcome = Execution.run(source, true, surroundings, Execution.alone());
        assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
        assertThat(outcome.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(Long.toString(bad)));
    }

    private static String call(PluginDescriptor plugin, ArgumentRule rule, long bad) {
        FunctionDeclaration function = plugin.functions().stream()
                .filter(each -> each.name().equals(rule.function()))
                .findFirst()
                .orElseThrow();
        var arguments = new String[function.parameters().size()];
        Arrays.setAll(
                arguments,
                i -> i == rule.parameter()
                        ? Long.toString(bad)
                        : sample(function.name(), function.parameters().get(i)));
        return plugin.namespace() + "." + function.name() + "(" + String.join(", ", arguments) + ");";
    }

    /** {@return an argument that does not fail} */
    private static String sample(String function, ParameterDeclaration parameter) {
        return switch (parameter.kind()) {
            case INT, LONG -> {
                boolean isArray = parameter.name().equals("handle") && function.startsWith("Array");
                yield isArray ? "2" : parameter.name().equals("bytes") ? "4" : "1";
            }
            case DOUBLE -> "1.5";
            case BLOB -> "$b";
            case INT_REF -> "$n";
            case LONG_REF -> "$l";
            case STRING_REF -> "$s";
            case STRING ->
                parameter.name().equals("host")
                        ? "\"127.0.0.1\""
                        : parameter.name().equals("path") && function.equals("KeyAt")
                                ? "\"\""
                                : parameter.name().startsWith("callback") ? "\"OnPacket\"" : "\"text\"";
            case DOUBLE_REF, VARIADIC, VOID ->
                throw new IllegalStateException(function + " has a parameter without a sample");
        };
    }
}

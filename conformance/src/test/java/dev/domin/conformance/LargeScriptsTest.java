package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.source.RefusedException;
import dev.domin.runtime.Script;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scripts as programs write them: very long ones. */
@Timeout(120)
class LargeScriptsTest {

    /** What a script may have many of. With time that grows with the square, each would take minutes. */
    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    enum Many {
        FUNCTIONS(20_000, i -> "i32 F" + i + "(i32 $x) { return($x + " + i + "); }\n", "return(F7(1));"),
        CALLBACKS(4096, i -> "callback i32 C" + i + "(ref blob $X) { return(1); }\n", "return(8);"),
        STRUCTS(10_000, i -> "struct S" + i + " packet { u8 a; u16 b; };\n", "return(structsize(S7) + 5);"),
        DEFINES(50_000, i -> "#define D" + i + " " + i + "\n", "return(D8);"),
        STRINGS(
                20_000,
                i -> "string T" + i + "() { return(\"text " + i + "\"); }\n",
                "string $s = T777(); return($s.Length);"),
        STRING_CASES(
                100,
                i -> "i32 S" + i + "(string $s) { switch ($s) {\n"
                        + lines(300, n -> "case \"" + i + "-" + n + "\": return(" + n + ");\n")
                        + "}\nreturn(0); }\n",
                "return(S7(\"7-8\"));"),
        STATEMENTS(
                1000,
                i -> "i32 G" + i + "() { i32 $x = 0;\n" + lines(100, n -> "$x = $x + " + n + ";\n") + "return($x); }\n",
                "return(G7() - 4942);");

        final int count;
        final IntFunction<String> declaration;
        final String statements;

        Many(int count, IntFunction<String> declaration, String statements) {
            this.count = count;
            this.declaration = declaration;
            this.statements = statements;
        }
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompileMany(Many kind) throws InterruptedException {
        String text = lines(kind.count, kind.declaration) + "i32 main() { " + kind.statements + " }\n";
        assertThat(Script.compile("large.dom", text).start().await()).isEqualTo(8);
    }

    @Test
    void shouldRefuseMoreNamesThanAClassCanHave() {
        String text = lines(70_000, Many.FUNCTIONS.declaration) + "i32 main() { return(0); }\n";
        assertThatThrownBy(() -> Script.compile("large.dom", text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("more functions, names and constants than the JVM allows in one class (65,535)");
    }

    @Test
    void shouldRefuseMoreCallbacksThanAMethodCanCall() {
        String text = lines(10_000, Many.CALLBACKS.declaration) + "i32 main() { return(0); }\n";
        assertThatThrownBy(() -> Script.compile("large.dom", text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("large.dom:4097:1: error: the script has 10000 callbacks, and may have 4096");
    }

    /** The debug table of a class has room for 65,536 lines; here are four times as many places. */
    @Test
    void shouldReportThePlaceOfAnErrorBehindManyOthers() throws InterruptedException {
        String statement = "    $x = $x + 7 / $y + 9 / ($y + 1);\n";
        String text = lines(
                        1000,
                        i -> "i32 F" + i + "(i32 $y) {\n    i32 $x = 1;\n" + statement.repeat(100)
                                + "    return($x);\n}\n")
                + "i32 main() {\n    return(F500(3) + F999(-1));\n}\n";
        var run = Script.compile("large.dom", text).start();
        assertThat(run.await()).isEqualTo(1);
        var failure = run.failures().getFirst();
        var place = failure.source().position(failure.span().start());
        assertThat(failure.message()).isEqualTo("division by zero");
        assertThat(place.line()).isEqualTo(999 * 104 + 3);
        assertThat(place.column()).isEqualTo(24);
    }
}

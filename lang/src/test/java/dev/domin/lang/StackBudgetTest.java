package dev.domin.lang;

import static dev.domin.lang.Scripts.compile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.source.RefusedException;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Only functions that need a stack budget have one, since it costs a parameter. */
class StackBudgetTest {

    private static final String MAIN = " void main() { }";

    @Test
    void shouldCountInWhatCallsItselfAndAPlugin() {
        assertThat(counting("i32 F(i32 $n) { log($n); return(F($n + 1)); }" + MAIN))
                .containsExactly("F");
        assertThat(counting("i32 F(i32 $n) { return(G($n + 1)); } i32 G(i32 $n) { log($n); return(F($n)); }" + MAIN))
                .containsExactlyInAnyOrder("F", "G");
        assertThat(counting("callback i32 F(ref blob $X) { log(1); return(F($X)); }" + MAIN))
                .containsExactly("F");
        assertThat(counting("void main() { log(1); main(); }")).containsExactly("main");
    }

    @Test
    void shouldCountWhereARecursionCallsWhatDoesMoreThanCompute() {
        assertThat(counting("i32 F(i32 $n) { Show($n); return(F($n + 1)); } void Show(i32 $n) { log($n); } void "
                        + "main() { F(1); }"))
                .containsExactly("F");
        assertThat(counting("i32 F(ref blob $B) { $B[3] = 1; return(F($B)); }" + MAIN))
                .containsExactly("F");
        assertThat(counting("string F(string $s) { return(F($s + \"x\")); }" + MAIN))
                .containsExactly("F");
        assertThat(counting("i32 F(i32 $n) { return(F(7 / $n)); }" + MAIN)).containsExactly("F");
    }

    @Test
    void shouldCountOnTheWayFromOneRecursionToAnother() {
        assertThat(counting("i32 F(i32 $n) { Way($n); return(F($n + 1)); } void Way(i32 $n) { Lone(); G($n); }"
                        + "i32 G(i32 $n) { log($n); return(G($n + 1)); } void Lone() { log(1); }"
                        + "void main() { Before(); } void Before() { F(1); }"))
                .containsExactlyInAnyOrder("F", "Way", "G");
    }

    @Test
    void shouldNotCountWithoutNeed() {
        assertThat(counting("i32 F(i32 $n) { log($n); return(G($n)); } i32 G(i32 $n) { log($n); return(1); }"
                        + "void main() { F(1); G(2); }"))
                .isEmpty();
        assertThat(counting("i32 Fib(i32 $n) { if ($n < 2) return($n); return(Fib($n - 1) + Fib($n - 2)); }"
                        + "void main() { log(Fib(10)); }"))
                .isEmpty();
        assertThat(counting("double F(double $x, i64 $k) { double $y = $x * 2; for (i32 $i = 0; $i < 3; $i++) $y /= 3;"
                        + "switch ($k) { case 1: $y = -$y; default: $k++; } do { $k <<= 1; } while (!$k && ~$k > 5);"
                        + "return($k == 0 ? $y : F($y, $k - 1)); }" + MAIN))
                .isEmpty();
    }

    @Test
    void shouldCountInAVeryLongChain() {
        String chain = IntStream.rangeClosed(1, 65)
                .mapToObj(i -> "void F" + i + "() { F" + (i - 1) + "(); }")
                .collect(Collectors.joining(" ", "void F0() { log(1); } ", MAIN));
        assertThat(counting(chain)).contains("F0", "F1", "F64", "F65");
    }

    @Test
    void shouldLeaveRoomForTheParameter() {
        assertThat(counting(wide(254))).containsExactly("F");
        assertThat(counting(wide(255).replace("log(1);", ""))).isEmpty();
        assertThatThrownBy(() -> compile(wide(255)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("function `F` has more parameters than the JVM allows");
    }

    private static String wide(int parameters) {
        return IntStream.range(0, parameters)
                        .mapToObj(i -> "i32 $p" + i)
                        .collect(Collectors.joining(", ", "i32 F(", ") { log(1); return(F("))
                + IntStream.range(0, parameters).mapToObj(i -> "$p" + i).collect(Collectors.joining(", ", "", ")); }"))
                + MAIN;
    }

    /** {@return the functions whose methods have one more parameter than in the script, an int} */
    private static List<String> counting(String script) {
        var text = "plugin \"Probe\"; " + script;
        return ClassFile.of().parse(compile(script).classFile()).methods().stream()
                .filter(method -> method.methodName().stringValue().startsWith("fn_"))
                .filter(method -> {
                    String head = text.substring(
                            text.indexOf(" " + method.methodName().stringValue().substring(3) + "("));
                    String written = head.substring(head.indexOf('(') + 1, head.indexOf(')'));
                    int parameters = written.isEmpty() ? 0 : written.split(",").length;
                    return method.methodTypeSymbol().parameterCount() > parameters;
                })
                .map(method -> method.methodName().stringValue().substring(3))
                .toList();
    }
}

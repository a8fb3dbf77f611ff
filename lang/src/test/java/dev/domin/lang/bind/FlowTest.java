package dev.domin.lang.bind;

import static dev.domin.lang.bind.Scripts.PLUGINS;
import static dev.domin.lang.bind.Scripts.accepted;
import static dev.domin.lang.bind.Scripts.bind;
import static dev.domin.lang.bind.Scripts.errors;
import static dev.domin.lang.bind.Scripts.last;
import static dev.domin.lang.bind.Scripts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {

    private static final String UNASSIGNED = "`$x` may be read before it is assigned";
    private static final String HELP = "it is declared in line 1 without a value, and not every path assigns one";

    /** Around a fragment: {@code $x} is unassigned, {@code $c} is a condition. */
    private static String around(String fragment) {
        return "void F(i32 $c, i32 $d) { i32 $x; i32 $y = 0; " + fragment + " } void main() { }";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$x = 1; $y = $x;",
                "if ($c) { $x = 1; } else { $x = 2; } $y = $x;",
                "if ($c) { $x = 1; } else { return; } $y = $x;",
                "if ($c && ($x = 1) > 0) { $y = $x; }",
                "if ($c || ($x = 1) > 0) { } else { $y = $x; }",
                "if (!($c && ($x = 1) > 0)) { } else { $y = $x; }",
                "if (!($c || ($x = 1) > 0)) { $y = $x; }",
                "if (1) { $x = 1; } $y = $x;",
                "if (0) { } else { $x = 1; } $y = $x;",
                "if (0) { $y = $x; }",
                "while (0) { $y = $x; }",
                "while ($c) { break; $y = $x; }",
                "while ($c) { continue; $y = $x; }",
                "$y = $c ? ($x = 1) : ($x = 2); $y = $x;",
                "$y = 1 ? ($x = 1) : 2; $y = $x;",
                "while (($x = $c) > 0) { $y = $x; } $y = $x;",
                "while (1) { $x = 1; if ($c) { break; } } $y = $x;",
                "while (1) { if ($c) { $x = 1; break; } } $y = $x;",
                "while (1) { } $y = $x;",
                "for (;;) { $x = 1; if ($c) break; } $y = $x;",
                "for ($x = 0; $x < 3; $x++) { $y = $x; }",
                "for (; $c; $y = $x) { if ($d) { $x = 1; continue; } $x = 2; }",
                "do { $x = 1; if ($c) { continue; } $y = 2; } while ($x > 0); $y = $x;",
                "do { if ($c) { $x = 1; break; } $x = 2; } while ($c); $y = $x;",
                "switch ($c) { case 1: $x = 1; break; default: $x = 2; } $y = $x;",
                "switch ($c) { case 1: return; default: $x = 2; } $y = $x;",
                "return; $y = $x;",
                "{ $x = 1; } $y = $x;",
                "if (1 && ($x = 1) > 0) { } $y = $x;",
                "if (0 || ($x = 1) > 0) { } $y = $x;",
                "$y = ($x = 2) + $x;",
                "$x = 1; $x++; $x += 2;",
                "string $s[8]; $s += \"x\"; blob $b[4]; $b[0] = 1;",
            })
    void shouldFollowAssignments(String fragment) {
        accepted(around(fragment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$y = §$x;",
                "if ($c) { $x = 1; } $y = §$x;",
                "if ($c && ($x = 1) > 0) { } $y = §$x;",
                "if ($c || ($x = 1) > 0) { $y = §$x; }",
                "$y = $c && ($x = 1) > 0; $y = §$x;",
                "$y = $c ? ($x = 1) : 2; $y = §$x;",
                "while ($c) { $x = 1; } $y = §$x;",
                "while (1) { if ($c) { break; } $x = 1; } $y = §$x;",
                "for (; $c; $y = §$x) { if ($d) { continue; } $x = 2; }",
                "do { if ($c) { continue; } $x = 1; } while (§$x > 0);",
                "switch ($c) { case 1: $x = 1; } $y = §$x;",
                "switch ($c) { case 1: $x = 1; break; default: if ($d) { break; } $x = 2; } $y = §$x;",
                "§$x++;",
                "§$x += 1;",
                "$x = §$x + 1;",
                "G(§$x);",
                "ref i32 &R = §$x;",
                "while ($c) { i32 $z; if ($d) { $z = 1; } $y = 1; } $y = §$x;",
                "$y = §$x; $y = $x; if ($c) { $y = $x; }",
                "{ i32 $z = 1; } { i32 $x; $y = §$x; }",
            })
    void shouldRefuseToReadWhatMayBeUnassigned(String fragment) {
        refused("void G(ref i32 $r) { } " + around(fragment), UNASSIGNED, HELP);
    }

    @Test
    void shouldForgetVariableInEachTurn() {
        refused(
                "void F(i32 $c) { while ($c) {\n i32 $x; if ($c > 1) { $c = §$x; } $x = 1; } } void main() { }",
                UNASSIGNED,
                HELP.replace("line 1", "line 2"));
    }

    @Test
    void shouldRefuseStringWithoutValue() {
        refused("string $x; string $y = §$x;", UNASSIGNED, HELP);
        accepted("string $x[4]; string $y = $x;");
    }

    @Test
    void shouldReportEachVariableOnce() {
        assertThat(errors("i32 $a; i32 $b; i32 $c = $a + $b; $c = $a + $b;")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return(1);",
                "while (1) { }",
                "for (;;) { }",
                "do { } while (1);",
                "while (1) { } return(1);",
                "while (1) { while (1) { break; } }",
                "if ($c) { return(1); } else { return(2); }",
                "if ($c) { return(1); } while (1) { if ($c) { return(2); } }",
                "switch ($c) { case 1: return(1); default: return(2); }",
                "do { return(1); } while ($c);",
                "if (1) { return(1); }",
            })
    void shouldSeeThatTheEndIsNotReached(String fragment) {
        accepted("i32 F(i32 $c) { " + fragment + " } void main() { }");
        assertThat(bind("i32 F(i32 $c) { " + fragment + " } void main() { }")
                        .functions()
                        .getFirst()
                        .endReachable())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "if ($c) { return(1); }",
                "while ($c) { return(1); }",
                "while (1) { if ($c) { break; } }",
                "switch ($c) { case 1: return(1); }",
                "switch ($c) { case 1: return(1); default: if ($c) { break; } return(2); }",
                "do { if ($c) { break; } } while (1);",
            })
    void shouldRefuseFunctionThatCanReachItsEnd(String fragment) {
        refused(
                "i32 F(i32 $c) { " + fragment + " §} void main() { }",
                "`F` can reach its end without a `return`",
                "it returns i32: end every path with `return(...);`");
    }

    @Test
    void shouldCheckReturns() {
        refused(
                "void F() { return(§1); } void main() { }",
                "`F` returns nothing, so its `return` takes no value",
                "write `return;`, or declare it with a result: `i32 F`");
        refused(
                "i32 F() { §return; } void main() { }",
                "`F` returns i32, so its `return` needs a value",
                "write `return(0);`");
        refused("string F() { §return; } void main() { }", "`F` returns string, so its `return` needs a value", "");
    }

    @Test
    void shouldCheckPlacesOfJumps() {
        refused("§break;", "`break` outside of a loop or `switch`", "");
        refused("switch (1) { case 1: §continue; }", "`continue` outside of a loop", "");
        accepted("while (1) { switch (1) { case 1: continue; default: break; } }");
    }

    @Test
    void shouldBindCodeBehindEndlessLoops() {
        accepted("i32 main() { i32 $x; while (1) { } $x = 2; return($x); }");
        refused(
                "i32 main() { while (1) { } §$y = 2; return(0); }",
                "there is no variable `$y` here",
                "declare it first, as in `i32 $y = 0;`");
    }

    @Test
    void shouldLeaveOutWhatIsNeverReached() {
        var body = bind("void main() { if (0) { main(); } while (0) { main(); } if (1) { return; } else { main(); } }")
                .functions()
                .getFirst();
        assertThat(body.endReachable()).isFalse();
        assertThat(body.body().statements()).hasSize(3).hasOnlyElementsOfType(BoundStmt.Block.class);
    }

    @Test
    void shouldBindChainsOfConditions() {
        var choice =
                (BoundStmt.If) last("i32 $c = 1; if ($c) { } else if ($c > 1) { $c = 2; } else { $c = 3; $c = 4; }");
        var second = (BoundStmt.If) choice.whenFalse();
        assertThat(choice.condition()).isInstanceOf(BoundExpr.Read.class);
        assertThat(second.condition()).isInstanceOf(BoundExpr.Compare.class);
        assertThat(second.whenFalse())
                .isInstanceOfSatisfying(
                        BoundStmt.Block.class,
                        block -> assertThat(block.statements()).hasSize(2));
    }

    @Test
    void shouldBindDeclarationOfForAsPartOfTheLoop() {
        var loop = (BoundStmt.Loop) last("for (i32 $i = 0; $i < 3; $i++) { }");
        assertThat(loop.initializer()).isInstanceOf(BoundStmt.Declare.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string $s = \"\"; while ($s.Length < 9) { $s += \"x\"; }",
                "string $s = \"\"; while ($s.Length < 9) { $s = $s + \"x\"; }",
                "string $s = \"\"; do { $s += \"x\"; } while ($s.Length < 9);",
                "string $s = \"\"; for (;;) { while (0) { } $s += \"x\"; }",
            })
    void shouldCollectWhatLoopsAppend(String text) {
        assertThat(firstLocal(text).isHeld()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "string $s = \"\"; $s += \"x\"; $s = $s + \"x\";",
                "string $s = \"\"; while ($s.Length) { } $s += \"x\";",
                "string $s = \"\"; do { } while ($s.Length); $s += \"x\";",
                "string $s = \"\"; while ($s.Length) { $s = \"x\" + $s; }",
            })
    void shouldCollectNothingWithoutLoop(String text) {
        assertThat(firstLocal(text).isHeld()).isFalse();
    }

    private static Local firstLocal(String text) {
        var main = bind(text).functions().getLast().body().statements();
        return ((BoundStmt.Declare) main.getFirst()).local();
    }

    @Test
    void shouldReturnZeroAtTheEndOfScripts() {
        var main = bind(PLUGINS + "printf(\"x\"); if (abi.Int(1)) { return; } if (abi.Int(2)) { return(7); }")
                .functions()
                .getFirst();
        assertThat(main.symbol().result()).isEqualTo(Type.I32);
        assertThat(main.endReachable()).isFalse();
        assertThat(main.body().statements().getLast())
                .isInstanceOfSatisfying(
                        BoundStmt.Return.class,
                        end -> assertThat(((BoundExpr.IntConstant) end.value()).value())
                                .isZero());
    }

    @Test
    void shouldBindLongChainsOnSmallStacks() throws InterruptedException {
        String chain = "i32 $v = 1; i32 $w; if ($v) { $w = 0; }" + " else if ($v > 3) { $w = 1; }".repeat(900)
                + " else { $w = 2; } $v = $w;";
        String sum = "i32 $v = 1; $v = 0" + " + $v".repeat(900) + ";";
        var bound = new AtomicInteger();
        var thread = new Thread(
                null,
                () -> {
                    bind(chain);
                    bind(sum);
                    bind(sum.replace("+", "&&"));
                    bound.set(1);
                },
                "small stack",
                512 * 1024);
        thread.start();
        thread.join();
        assertThat(bound).hasValue(1);
    }
}

package dev.domin.lang.bind;

import static dev.domin.lang.bind.Scripts.PLUGINS;
import static dev.domin.lang.bind.Scripts.accepted;
import static dev.domin.lang.bind.Scripts.errors;
import static dev.domin.lang.bind.Scripts.last;
import static dev.domin.lang.bind.Scripts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.Compiler;
import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.Diagnostics;
import dev.domin.lang.source.RefusedException;
import dev.domin.lang.source.SourceFile;
import dev.domin.lang.syntax.Parser;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeclarationsTest {

    private static final String SHAPE = "declare it as `callback i32 NAME(ref blob $X)`";

    @Test
    void shouldAskForSomethingToRun() {
        refused(
                "§i32 F() { return(1); }",
                "nothing to run: there is no `main` and no statement at top level",
                "add `i32 main() { return(0); }`");
        refused(
                "§\ni32 mian() { return(1); }",
                "nothing to run: there is no `main` and no statement at top level",
                "did you mean `main` by `mian` in line 2?");
        refused(
                "void main() { }\n§main();",
                "this statement is outside all functions, and the script has a `main`",
                "move it into `main` (line 1), or remove `main`: then the statements at top level run");
    }

    @Test
    void shouldCheckMain() {
        accepted("void main() { }");
        accepted("i32 main() { return 3; }");
        refused(
                "i32 main(§i32 $argc) { return(0); }",
                "`main` takes no parameters",
                "`os.ArgCount()` and `os.Arg(i)` of `builtin:os` return the script's arguments");
        refused(
                "§i64 main() { return(0); }",
                "`main` returns i32 or void, not i64",
                "an i32 is the exit code of the process");
        refused("callback i32 §main(ref blob $X) { return(0); }", "`main` cannot be a callback", "write `i32 main()`");
    }

    @Test
    void shouldCheckCallbacks() {
        refused("callback §void F(ref blob $X) { } void main() { }", "a callback returns i32, not void", SHAPE);
        refused("callback i32 §F() { return(0); } void main() { }", "a callback takes one parameter, not 0", SHAPE);
        refused(
                "callback i32 F(ref blob $X, §i32 $n) { return(0); } void main() { }",
                "a callback takes one parameter, not 2",
                SHAPE);
        refused(
                "callback i32 F(§blob $X) { return(0); } void main() { }",
                "a callback takes a `ref blob`, not a `blob`",
                SHAPE);
        refused(
                "callback i32 F(§ref string $X) { return(0); } void main() { }",
                "a callback takes a `ref blob`, not a `ref string`",
                SHAPE);
    }

    @Test
    void shouldRefuseTwoOfOneName() {
        refused(
                "void F() { }\nvoid §F() { } void main() { }",
                "function `F` is declared twice",
                "the first is in line 1");
        refused(
                "i32 $x = 1;\ni32 §$x = 2;",
                "`$x` is declared twice in this block",
                "the first is in line 1; a block inside this one may use the name again");
        refused(
                "void F(i32 $a) { i32 §$a = 2; } void main() { }",
                "`$a` is declared twice in this block",
                "the first is in line 1; a block inside this one may use the name again");
        refused(
                "void F(i32 $a, i32 §$a) { } void main() { }",
                "`$a` is declared twice in this block",
                "the first is in line 1; a block inside this one may use the name again");
        refused(
                PLUGINS + "void §printf() { } void main() { }",
                "`printf` is already a function of the plugin `print`",
                "choose another name");
    }

    @Test
    void shouldLetInnerBlocksShadow() {
        accepted("i32 $x = 1; { string $x = \"a\"; $x = \"b\"; } $x = 2; for (i64 $x = 1; $x < 2; $x++) { double $x = "
                + "1; }"
                + " for (i32 $i = 0, $k = 1; $i < $k; $i++) { } if ($x) { i32 $z = 1; } else { i64 $z = 2; }");
        refused("{ i32 $x = 1; } §$x = 2;", "there is no variable `$x` here", "declare it first, as in `i32 $x = 0;`");
        refused(
                "for (i32 $i = 0, $k = 9; $i < $k; $i++) { } §$k = 2;",
                "there is no variable `$k` here",
                "declare it first, as in `i32 $k = 0;`");
    }

    @Test
    void shouldSuggestVariables() {
        refused("i32 $counter = 1; §$conter = 2;", "there is no variable `$conter` here", "did you mean `$counter`?");
        refused(
                "blob $b[4]; { ref blob &S = $b; } blob $S[4]; §S[0] = 1;",
                "`S` is not a variable",
                "variable names begin with `$`: did you mean `$S`?");
        refused(
                "blob $b[4]; { ref blob &S = $b; } §S[0] = 1;",
                "there is no `S` here",
                "declare a reference first, as in `ref blob &S = $b;`; variable names begin with `$`");
        refused(
                "blob $b[4]; ref blob &State = $b; { ref blob &Stat = $b; } §Stat[0] = 1;",
                "there is no `Stat` here",
                "did you mean `State`?");
    }

    @Test
    void shouldCheckVariables() {
        refused(
                "blob §$b;",
                "blob `$b` is declared without a size or a value",
                "give its initial length in bytes, `blob $b[64];`, or its value, `blob $b = packet.Payload($X);`");
        refused(
                "i32 $a[§4];",
                "`$a` is i32, which takes no size",
                "there are no arrays: store the values in a `blob` or in a map (`map.Create`)");
        refused(
                "blob $b[§\"x\"];",
                "a size takes a whole number, got string",
                "`str.ToInt` converts a string to a number");
        accepted("i32 $n = 4; blob $b[$n * 2]; string $s[$n]; blob $c[2] = $b; string $t[4] = \"abc\";");
    }

    @Test
    void shouldRefuseVoidVariables() {
        refused("§void $x;", "a variable cannot be void", "the types are `i32`, `i64`, `double`, `string` and `blob`");
        refused(
                "void F(§void $x) { } void main() { }",
                "a parameter cannot be void",
                "a function without parameters ends in `()`");
    }

    @Test
    void shouldBindLocalReferences() {
        accepted(PLUGINS + "blob $b[4]; ref blob &S = $b; S[0] = 1; $S[1] = 2; i32 $l = S.Length;"
                + " ref blob &T = blob.FromText(\"x\"); i32 $n = 1; ref i32 &R = $n; R = R + 1;");
        var declare = (BoundStmt.DeclareRef) last("i32 $n = 1; ref i32 &R = $n;");
        assertThat(((BoundExpr.Reference) declare.source()).local().isHeld()).isTrue();
        refused("i64 $n = 1; ref i32 &R = §$n;", "a reference to i32 takes a variable of that type, got i64", "");
        refused(
                "ref i32 &R = §5;",
                "a reference to i32 takes a variable, got a value",
                "only a blob may be referred to without a variable");
    }

    @Test
    void shouldWarnOfVariableThatIsOnlyAssigned() {
        var source = new SourceFile("test.dom", "i32 $n = 1; ref i32 &R = $n; R = 2; i32 $x; $x = 1;");
        assertThat(Compiler.check(source, new FakePlugin.Catalog(), false, null))
                .extracting(Diagnostic::message)
                .containsExactly("`$x` is never read");
    }

    @Test
    void shouldStopWhenTheTimeIsOver() {
        var source = new SourceFile("test.dom", "i32 $n = 1" + " + 1".repeat(900) + ";" + " $n = $n + 1;".repeat(900));
        var nanos = new AtomicLong();
        var problems = new Diagnostics(source, 1000, nanos::get);
        var tree = Parser.parse(source, problems);
        nanos.set(1_000_000_000);
        assertThatThrownBy(() -> Binder.bind(tree, new PluginScope(new FakePlugin.Catalog(), false), problems))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.diagnostics().getFirst().message())
                                .isEqualTo("compiling takes longer than the limit of 1000 ms"));
    }

    @Test
    void shouldStopAfterTwentyErrors() {
        var script = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            script.append("i32 $v").append(i).append(" = \"x\";\n");
        }
        assertThat(errors(script.toString())).hasSize(Diagnostics.MAXIMUM_ERRORS);
    }
}

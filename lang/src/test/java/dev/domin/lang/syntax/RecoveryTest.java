package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.Diagnostics;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    @Test
    void shouldReportEachOfSeveralMistakesOnce() {
        assertThat(Trees.messages("""
                i32 main() {
                  i64 $sid
                  $sid = foo(1, 2;
                  int $x = 5;
                  x = x + 1;
                  if ($sid > 3 { foo(); } else { bar(); }
                  $a = “text”;
                  printf("abc);
                  $y = 1 and not 2;
                  $z = 3 4;
                  while $x { }
                  for (i32 $i = 0 $i < 3; $i++) { foo(; }
                  $q = @5;
                  return 0
                }
                """))
                .containsExactly(
                        "2:11: expected `;` after `$sid`",
                        "3:18: expected `)` to close the arguments of `foo`",
                        "4:3: there is no type `int`",
                        "5:3: there is no `x` here",
                        "6:15: expected `)` to close the `(` of `if`",
                        "7:8: the quotation mark `“` (U+201C) has no meaning here",
                        "8:10: this string has no closing `\"` on its line",
                        "9:10: unknown operator `and`",
                        "9:14: unknown operator `not`",
                        "10:9: expected `;` after `3`",
                        "11:9: expected `(` after `while`, got `$x`",
                        "12:18: expected `;` after the start of `for`",
                        "12:39: expected a value after `(`",
                        "13:8: the character `@` has no meaning here",
                        "14:11: expected `;` after `0`");
    }

    @Test
    void shouldReportThreeMistakesInThreeFunctions() {
        assertThat(Trees.messages("""
                i32 a() { return 1 }
                i32 b( { return 1; }
                i32 c() { $x = ; return 1; }
                """))
                .containsExactly(
                        "1:19: expected `;` after `1`",
                        "2:8: expected the type of a parameter, got `{`",
                        "3:15: expected a value after `=`");
    }

    @Test
    void shouldBlameTheBraceThatIsNotClosed() {
        assertThat(Trees.messages("i32 main() {\n  if (1) {\n    foo();\n}\ni32 other() { return 1; }\n"))
                .containsExactly("5:1: a function cannot begin inside another function");
        assertThat(Trees.messages("i32 main() {\n  if (1) {\n    foo();\n  }\n"))
                .containsExactly("1:12: this `{` is not closed");
        assertThat(Trees.messages("i32 main() { }\n}\n}\n")).containsExactly("2:1: there is no `{` for this `}`");
        assertThat(Trees.messages("struct A packet { i32 a;\ni32 main() { }"))
                .containsExactly("1:17: this `{` is not closed");
    }

    @Test
    void shouldNotAddNoiseToFunctionInsideFunction() {
        assertThat(Trees.messages("i32 main() {\n  i32 inner() { return 1; }\n  return 0;\n}\nvoid f() { }\n"))
                .containsExactly("2:3: a function cannot begin inside another function");
    }

    @Test
    void shouldSkipInitializersInBraces() {
        assertThat(Trees.messages("i32 $a[] = {1, 2, 3};\nblob $b[3] = {1, 2};\n$c = 1;"))
                .containsExactly("1:8: expected a size, got `]`", "2:14: expected a value, got `{`");
    }

    @Test
    void shouldStopAfterTwentyErrors() {
        assertThat(Trees.errors("$x = ;\n".repeat(100))).hasSize(Diagnostics.MAXIMUM_ERRORS);
    }
}

package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefineTest {

    private static String value(String defines, String expression) {
        var statement = (Stmt.Evaluate) Trees.statement(defines + "\n" + expression + ";");
        return Trees.show(statement.expression());
    }

    @Test
    void shouldPutTokensInPlaceOfName() {
        assertThat(value("#define PORT 5353", "$a = PORT")).isEqualTo("($a = 5353)");
        assertThat(value("#define SUM 1 + 2 // not more", "SUM * 3")).isEqualTo("(1 + (2 * 3))");
        assertThat(value("#define SUM (1 + 2)", "SUM * 3")).isEqualTo("((1 + 2) * 3)");
        assertThat(value("#define GREETING \"a\" \\\n \"b\"", "GREETING \"c\"")).isEqualTo("\"abc\"");
        assertThat(value("#define NOTHING", "NOTHING 1 NOTHING")).isEqualTo("1");
        assertThat(value("#define A B\n#define B 7", "A")).isEqualTo("7");
        assertThat(value("#define LOW 9223372036854775808", "-LOW")).isEqualTo("-9223372036854775808L");
    }

    @Test
    void shouldLeavePartsOfWordsStringsAndVariablesAlone() {
        assertThat(value("#define A 1", "f(\"A\", $A, AA(), A /* A */)")).isEqualTo("f(\"A\", $A, AA(), 1)");
    }

    @Test
    void shouldPlaceTokensWhereNameIsUsed() {
        var call = (Expr.Call) ((Stmt.Evaluate) Trees.statement("#define N 1 + 2\nf(N);")).expression();
        assertThat(call.arguments().getFirst().span().start()).isEqualTo(18);
        assertThat(call.arguments().getFirst().span().end()).isEqualTo(19);
    }

    @Test
    void shouldAllowTheSameDefinitionTwiceAndDefinesBeforePlugins() {
        assertThat(value("#define A 1\n#define A  1", "A")).isEqualTo("1");
        assertThat(Trees.errors("#define A 1\nplugin \"builtin:os\";")).isEmpty();
    }

    @Test
    void shouldCountBelowItsLineOnly() {
        assertThat(Trees.messages("$a = PORT;\n#define PORT 1\n$b = PORT;"))
                .containsExactly("1:6: there is no `PORT` here");
    }

    @Test
    void shouldRefuseWhatCannotBeDefined() {
        assertThat(Trees.messages("""
                #define F(x) x
                #define while 1
                #define assign 1
                #define $a 1
                #define
                #include <stdio.h>
                #
                #define A 1
                #define A 2
                $x = 1; #define B 1
                """))
                .containsExactly(
                        "1:10: `#define F` cannot have parameters",
                        "2:9: `while` is a keyword and cannot be redefined",
                        "3:9: `assign` is a keyword and cannot be redefined",
                        "4:9: expected a name after `#define`",
                        "5:8: expected a name after `#define`",
                        "6:1: there is no `#include`",
                        "7:1: expected `define` after `#`",
                        "9:9: `A` is already defined with another value",
                        "10:9: `#` must be the first character of its line");
    }

    @Test
    void shouldRefuseCycles() {
        assertThat(Trees.messages("#define A B + 1\n#define B A\n$x = A;\n$y = 1;"))
                .containsExactly("3:6: `#define A` is defined by itself");
    }

    @Test
    void shouldEndDefinesThatGrowWithoutMeasure() {
        var text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("#define A")
                    .append(i)
                    .append(" A")
                    .append(i + 1)
                    .append(" + A")
                    .append(i + 1)
                    .append('\n');
        }
        text.append("#define A40 1\n$x = f(\"\" \"\", A0);");
        assertThat(Trees.errors(text.toString())).isNotEmpty();
    }
}

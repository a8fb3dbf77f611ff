package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTest {

    /** One mistake in each line: it causes one message, whatever follows it. */
    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\u0001', commentCharacter = '\u0002', textBlock = """
            $a = 12ab; # 6: `12ab` is not a number
            $a = 10L; # 6: `10L` is not a number
            $a = 0x; # 6: `0x` is not a number
            $a = 0b11; # 6: `0b11` is not a number
            $a = 1_000; # 6: `1_000` is not a number
            $a = 1.2.3; # 6: `1.2.3` is not a number
            $a = 1e; # 6: `1e` is not a number
            $a = 010; # 6: a whole number cannot begin with 0
            $a = 1e999; # 6: this number is too large for a double
            $a = 9223372036854775808; # 6: this number does not fit an i64
            $a = -9223372036854775809; # 7: this number does not fit an i64
            $a = 0x8000000000000000; # 6: this number does not fit an i64
            $a = 0xFFFFFFFFFFFFFFFF; # 6: this number does not fit an i64
            $a = 99999999999999999999999; # 6: this number does not fit an i64
            $a = 'ab'; # 6: a character literal is one character, got 2
            $a = ''; # 6: a character literal cannot be empty
            $a = '€'; # 6: `€` takes 3 bytes in UTF-8; a character literal is one byte
            $a = 'a; # 6: this character has no closing `'` on its line
            $a = "abc; # 6: this string has no closing `"` on its line
            $a = "a\\qb"; # 8: `\\q` is not an escape
            $a = "a\\x1"; # 8: `\\x` needs two hexadecimal digits
            $a = 1 /* no end # 8: this comment is not closed
            $ = 1; # 1: expected a name directly after `$`
            $1 = 1; # 1: expected a name directly after `$`
            $größe = 1; # 2: the name `größe` contains letters that names cannot have
            $a = `x`; # 6: the quotation mark ``` (U+0060) has no meaning here
            $a = 1 – 2; # 8: the character `–` (U+2013) has no meaning here
            $a = $b->c; # 8: unknown operator `->`
            $a = sizeof($b); # 6: there is no `sizeof`
            $a = structsize($b); # 17: expected the name of a struct, got `$b`
            $a = (int)$b; # 7: there is no type `int`
            $a = (string)$b; # 6: there is no cast to string
            $a = true; # 6: there is no `true` here
            $a = NULL; # 6: there is no `NULL` here
            $a = &$b; # 6: expected a value, got `&`
            $a = 1 or 2; # 8: unknown operator `or`
            $a = 1 +; # 9: expected a value after `+`
            $a = 1 + * 2; # 10: expected a value, got `*`
            $a = (1 + 2; # 12: expected `)` to close the `(` before it
            $a = $b[1; # 10: expected `]` to close the index
            $a = $b[1:2; # 12: expected `]` to close the slice
            $a = $b[]; # 9: expected an index, got `]`
            $a = 1 ? 2; # 11: expected `:` and the second value of `?`, got `;`
            $a = f(1, ); # 11: expected another argument after `,`, got `)`
            $a = f(1 "x"); # 9: expected `,` or `)` after argument 1 of `f`
            $a = $f(1); # 8: only functions can be called
            $a = $b.f(1); # 6: only a plugin has functions
            $a = $b.$c; # 9: expected a name after `.`, got `$c`
            1 = $a; # 1: `=` can change only a variable, byte, slice or field
            $a + 1 = 2; # 1: `=` can change only a variable, byte, slice or field
            $a ? $b : $c = 2; # 1: `=` can change only a variable, byte, slice or field
            f() += 2; # 1: `+=` can change only a variable, byte, slice or field
            5++; # 1: `++` can change only a variable, byte, slice or field
            $a = = 1; # 6: expected a value, got `=`
            $a = 1, $b = 2; # 7: expected `;` after `1`
            i32 x = 1; # 5: expected a variable, got `x`
            i32 *$x; # 5: expected a variable after `i32`, got `*`
            i32 $a, i32 $b; # 9: expected a variable after `,`, got `i32`
            i32 $a := 1; # 8: expected `=`, got `:=`
            i32 while; # 5: expected a variable after `i32`, got `while`
            int $x; # 1: there is no type `int`
            int x = 5; # 1: there is no type `int`
            unsigned long int $x = 5; # 1: there is no type `unsigned`
            bool $x = 1; # 1: there is no type `bool`
            float $x = 1; # 1: there is no type `float`
            char *p; # 1: there is no type `char`
            strnig $x; # 1: there is no type `strnig`
            Foo $x; # 1: there is no type `Foo`
            var $x = 1; # 1: unknown keyword `var`
            const i32 $x = 1; # 1: unknown keyword `const`
            goto end; # 1: unknown keyword `goto`
            import os; # 1: unknown keyword `import`
            foreach ($a) { } # 1: unknown keyword `foreach`
            retrun 1; # 1: unknown keyword `retrun`
            foo bar; # 1: there is no `foo` here
            print $a; # 1: there is no statement `print`
            else $a = 1; # 1: `else` without an `if`
            case 1: f(); # 1: `case` outside of a `switch`
            if (1) { } elif (2) { } else { } # 12: unknown keyword `elif`
            if $a { } # 4: expected `(` after `if`, got `$a`
            if (1) i32 $x; # 8: a declaration cannot be the only statement of `if`
            do { } f(); # 8: expected `while` after the body of `do`, got `f`
            for ($i = 0, $j = 0; ;) { } # 12: expected `;` after the start of `for`
            for ($i = 0; $i < 3) { } # 20: expected `;` after the condition of `for`
            for (;; $i++, $j++) { } # 13: expected `)`, got `,`
            for (int $i = 0; ;) { } # 6: there is no type `int`
            switch (1) { f(); } # 14: expected `case` or `default`, got `f`
            switch (1) { case 1 f(); } # 20: expected `:` after `1`
            switch (1) { default: default: } # 23: this `switch` already has a `default`
            ref $S = $b; # 5: expected a type after `ref`, got `$S`
            ref blob &S; # 12: the reference `S` needs a value to refer to
            $X assign struct N; # 11: expected the name of a struct after `assign`, got `struct`
            S assign N; # 1: there is no `S` here
            struct Foo $x; # 1: a variable cannot have a struct as its type
            struct A packed { i32 a; } # 10: expected `packet` or `{`, got `packed`
            struct A { i32 $a; } # 16: expected the name of a field, got `$a`
            struct A { i32 a:3; } # 17: expected `;` after `a`
            struct A { struct b; } # 12: expected the type of a field, got `struct`
            struct A { string s[]; } # 21: expected a size, got `]`
            struct A { i32 if; } # 16: expected the name of a field, got `if`
            i32 $f() { } # 5: expected a name, got `$f`
            i32 f(i32 a) { } # 11: expected a variable, got `a`
            i32 f(int $a) { } # 7: there is no type `int`
            i32 f($a) { } # 7: expected the type of a parameter, got `$a`
            i32 f(i32 $a i32 $b) { } # 13: expected `,` between the parameters
            i32 f(string $a[5]) { } # 16: a parameter has no size
            i32 f(i32 $a = 5) { } # 14: a parameter has no default
            i32 f(void) { } # 7: a parameter cannot be void
            i32 f(i32 $a); # 14: expected `{` and the body of the function, got `;`
            int f() { } # 1: there is no type `int`
            function f() { } # 1: unknown keyword `function`
            main() { } # 1: the function `main` has no result type
            callback f(ref blob $X) { return 1; } # 10: the callback `f` has no result type
            $a = 1; plugin "builtin:os"; # 9: plugin directives must be at the top of the file, before anything else
            { plugin "builtin:os"; } # 3: plugin directives must be at the top of the file, before anything else
            plugin print; # 8: expected a string after `plugin`, got `print`
            plugin "builtin:os" # 20: expected `;` after `"builtin:os"`
            $a = 1 # 7: expected `;` after `1`
            $a = # 5: expected a value, got the end of the file
            """)
    void shouldSayWhatIsWrongOnce(String text, String message) {
        String script = text;
        assertThat(Trees.messages(script)).containsExactly("1:" + message);
        if (!script.endsWith("no end") && !message.contains("end of the file") && !message.contains("os\"`")) {
            assertThat(Trees.messages(script + "\n$ok = 1;\nif (1) { }\n$ok = ;"))
                    .hasSize(2);
        }
    }

    @Test
    void shouldPointBehindTheTokenThatLacksItsSemicolon() {
        assertThat(Trees.rendered("i32 main() {\n\t$sid = 1\n\treturn 0;\n}")).isEqualTo("""
                test.dom:2:10: error: expected `;` after `1`
                  2 | \t$sid = 1
                    | \t        ^
                """);
    }

    @Test
    void shouldHelpPeopleWhoForgetTheDollar() {
        assertThat(Trees.rendered("ref blob &State = $b;\nState.x = 1;\nstate = 1;\nx = 1;"))
                .isEqualTo("""
                test.dom:3:1: error: there is no `state` here
                  3 | state = 1;
                    | ^^^^^
                  help: did you mean `State`?
                test.dom:4:1: error: there is no `x` here
                  4 | x = 1;
                    | ^
                  help: variable names begin with `$`: write `$x`
                """);
    }

    @Test
    void shouldHelpPeopleWhoNameAFunctionWithoutCallingIt() {
        assertThat(Trees.rendered("callback i32 OnPacket(ref blob $X) { return 1; }\n$a = u.Open(OnPacket, 5);"))
                .isEqualTo("""
                test.dom:2:13: error: there is no `OnPacket` here
                  2 | $a = u.Open(OnPacket, 5);
                    |             ^^^^^^^^
                  help: a function is called with `()`; a plugin takes a callback's name as a string: "OnPacket"
                """);
    }

    @Test
    void shouldHelpPeopleWhoKnowOtherLanguages() {
        assertThat(Trees.rendered("char $c;\n$a = 10L;\n$a = 1 and 2;")).isEqualTo("""
                test.dom:1:1: error: there is no type `char`
                  1 | char $c;
                    | ^^^^
                  help: use an `i32` for a byte, a `string` for text
                test.dom:2:6: error: `10L` is not a number
                  2 | $a = 10L;
                    |      ^^^
                  help: numbers have no suffix, and names cannot begin with a digit
                test.dom:3:8: error: unknown operator `and`
                  3 | $a = 1 and 2;
                    |        ^^^
                  help: write `&&`
                """);
    }

    @Test
    void shouldShowInvisibleCharacters() {
        assertThat(Trees.rendered("$a\u00a0= 1;\u200b")).startsWith("""
                test.dom:1:3: error: an invisible character (U+00A0) is not allowed here
                """).contains("<U+200B>");
    }

    @Test
    void shouldKeepLongWordsShort() {
        assertThat(Trees.messages("f(" + "x".repeat(5000) + ");").getFirst()).hasSizeLessThan(100);
    }
}

package dev.domin.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.source.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\u0001', commentCharacter = '\u0002', textBlock = """
            $a + $b * $c # ($a + ($b * $c))
            $a * $b + $c # (($a * $b) + $c)
            $a - $b - $c # (($a - $b) - $c)
            $a / $b % $c # (($a / $b) % $c)
            $a << $b + $c # ($a << ($b + $c))
            $a < $b >> $c # ($a < ($b >> $c))
            $a <= $b == $c >= $d # (($a <= $b) == ($c >= $d))
            $a == $b > $c # ($a == ($b > $c))
            $a & $b == $c # ($a & ($b == $c))
            $a & $b != $c # ($a & ($b != $c))
            $a ^ $b & $c # ($a ^ ($b & $c))
            $a | $b ^ $c # ($a | ($b ^ $c))
            $a && $b | $c # ($a && ($b | $c))
            $a || $b && $c # ($a || ($b && $c))
            $a && $b || $c # (($a && $b) || $c)
            $a ? $b : $c ? $d : $e # ($a ? $b : ($c ? $d : $e))
            $a ? $b ? 1 : 2 : 3 # ($a ? ($b ? 1 : 2) : 3)
            $a || $b ? $c : $d # (($a || $b) ? $c : $d)
            $a ? $b = 1 : 2 # ($a ? ($b = 1) : 2)
            $a = $b = $c # ($a = ($b = $c))
            $a = $b ? 1 : 2 # ($a = ($b ? 1 : 2))
            $a += $b -= 1 # ($a += ($b -= 1))
            $a *= 2 # ($a *= 2)
            $a /= 2 # ($a /= 2)
            $a %= 2 # ($a %= 2)
            $a &= 2 # ($a &= 2)
            $a |= 2 # ($a |= 2)
            $a ^= 2 # ($a ^= 2)
            $a <<= 2 # ($a <<= 2)
            $a >>= 2 # ($a >>= 2)
            $a := $b # ($a := $b)
            -$a * !$b # ((-$a) * (!$b))
            - -$a # (-(-$a))
            ~$a + +$b # ((~$a) + (+$b))
            !$a == $b # ((!$a) == $b)
            ++$a + $b++ # ((++$a) + ($b++))
            $a-- - --$b # (($a--) - (--$b))
            -$a[1] # (-$a[1])
            -$a.f # (-$a.f)
            (i32)$a + 1 # (((i32)$a) + 1)
            (i64)-$a # ((i64)(-$a))
            (double)$a / 2 # (((double)$a) / 2)
            ($a + $b) * $c # (($a + $b) * $c)
            $a[$i + 1][2] # $a[($i + 1)][2]
            $a[1:2] # $a[1:2]
            $a[1:] # $a[1:]
            $a[:2] # $a[:2]
            $a[:] # $a[:]
            $a[$b ? 1 : 2 : 3] # $a[($b ? 1 : 2):3]
            $a[$b ? 1 : 2] # $a[($b ? 1 : 2)]
            $a[0:2] = $b # ($a[0:2] = $b)
            $x.field = 1 # ($x.field = 1)
            $x.field[2] = 1 # ($x.field[2] = 1)
            $x.Length # $x.Length
            f() # f()
            f($a, 1, "x") # f($a, 1, "x")
            blob.FromText("x").Length # blob.FromText("x").Length
            string.Format("%d", 1) # string.Format("%d", 1)
            (blob.Overflow($b)) # blob.Overflow($b)
            asyncmeta.RouteStateOpen == 1 # (asyncmeta.RouteStateOpen == 1)
            structsize(Header) + 1 # (structsize(Header) + 1)
            1.5e3 # 1500.0
            .5 + 2. # (0.5 + 2.0)
            0x1F # 31
            2147483647 # 2147483647
            2147483648 # 2147483648L
            0xFFFFFFFF # 4294967295L
            9223372036854775807 # 9223372036854775807L
            -2147483648 # (-2147483648L)
            -2147483649 # (-2147483649L)
            -9223372036854775808 # -9223372036854775808L
            -0x8000000000000000 # -9223372036854775808L
            'a' + '\\n' + '\\x41' + '\\'' # (((97 + 10) + 65) + 39)
            "a" "b" # "ab"
            "a\\0b" "c" # "a"
            "\\x41\\t\\\\" # "A	\\"
            "é" # "Ã©"
            """)
    void shouldGroupAsCDoes(String text, String shape) {
        assertThat(Trees.shape(text)).isEqualTo(shape);
    }

    @Test
    void shouldSpanParenthesesOfOperands() {
        Expr sum = Trees.expression("($a + $b) * ($c)");
        assertThat(sum.span()).isEqualTo(new Span(0, 16));
        assertThat(((Expr.Binary) sum).opSpan()).isEqualTo(new Span(10, 11));
        assertThat(((Expr.Binary) sum).left().span()).isEqualTo(new Span(1, 8));
    }

    @Test
    void shouldKeepBareWordsOfLocalReferences() {
        ScriptTree tree = Trees.parse("ref blob &S = $b; S assign H; S.x = S.y; $S[0] = 1; S[1] = 2;");
        assertThat(tree.statements()).hasSize(5);
        assertThat(tree.statements().get(0))
                .isInstanceOfSatisfying(
                        Stmt.DeclareRef.class,
                        ref -> assertThat(ref.name().text()).isEqualTo("S"));
        assertThat(tree.statements().get(1)).isInstanceOfSatisfying(Stmt.AssignOverlay.class, overlay -> {
            assertThat(overlay.variable().bare()).isTrue();
            assertThat(overlay.struct().text()).isEqualTo("H");
        });
        assertThat(Trees.show(((Stmt.Evaluate) tree.statements().get(2)).expression()))
                .isEqualTo("(S.x = S.y)");
    }
}

package dev.domin.lang;

import static dev.domin.lang.Scripts.fail;
import static dev.domin.lang.Scripts.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticTest {

    private static final int[] INTS = {0, 1, -1, 2, 7, -8, 31, 32, 33, 255, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final long[] LONGS = {
        0, 1, -1, 5, -9, 63, 64, 65, 4_294_967_296L, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE
    };
    private static final double[] DOUBLES = {0, -0.0, 1, -2.5, 1e10, -1e10, 1e300, Double.NaN, 1 / 0.0, -1 / 0.0};

    @Test
    void shouldComputeIntsAsJavaDoes() {
        for (int a : INTS) {
            for (int b : INTS) {
                int d = b == 0 ? 3 : b;
                var lines = run(cast("a", a) + cast("b", b) + cast("d", d)
                        + "log($a + $b, $a - $b, $a * $b, $a / $d, $a % $d, $a << $b, $a >> $b, $a & $b, $a | $b, $a "
                        + "^ $b);"
                        + "log($a < $b, $a <= $b, $a > $b, $a >= $b, $a == $b, $a != $b, -$a, ~$a, !$a);");
                assertThat(lines)
                        .containsExactly(
                                words(a + b, a - b, a * b, a / d, a % d, a << b, a >> b, a & b, a | b, a ^ b),
                                words(
                                        bit(a < b),
                                        bit(a <= b),
                                        bit(a > b),
                                        bit(a >= b),
                                        bit(a == b),
                                        bit(a != b),
                                        -a,
                                        ~a,
                                        bit(a == 0)));
            }
        }
    }

    @Test
    void shouldComputeLongsAsJavaDoes() {
        for (long a : LONGS) {
            for (long b : LONGS) {
                long d = b == 0 ? 3 : b;
                var lines = run(variable("i64", "a", a) + variable("i64", "b", b) + variable("i64", "d", d)
                        + "log($a + $b, $a - $b, $a * $b, $a / $d, $a % $d, $a << $b, $a >> $b, $a & $b, $a | $b, $a "
                        + "^ $b);"
                        + "log($a < $b, $a <= $b, $a > $b, $a >= $b, $a == $b, $a != $b, -$a, ~$a, !$a, (i32)$a);"
                        + "log(1 << $b, -1 >> $b);");
                assertThat(lines)
                        .containsExactly(
                                words(a + b, a - b, a * b, a / d, a % d, a << b, a >> b, a & b, a | b, a ^ b),
                                words(
                                        bit(a < b),
                                        bit(a <= b),
                                        bit(a > b),
                                        bit(a >= b),
                                        bit(a == b),
                                        bit(a != b),
                                        -a,
                                        ~a,
                                        bit(a == 0),
                                        (int) a),
                                words(1 << b, -1 >> b));
            }
        }
    }

    @Test
    void shouldComputeDoublesAsJavaDoes() {
        for (double a : DOUBLES) {
            for (double b : DOUBLES) {
                var lines = run(variable("a", a) + variable("b", b)
                        + "log($a + $b, $a - $b, $a * $b, $a / $b, -$a, (i32)$a, (i64)$a);"
                        + "log($a < $b, $a <= $b, $a > $b, $a >= $b, $a == $b, $a != $b, !$a, $a ? 1 : 0);"
                        + "if ($a < $b) { log(1); } if (!($a < $b)) { log(2); } while ($a >= $b) { log(3); break; }");
                assertThat(lines.get(0)).isEqualTo(words(a + b, a - b, a * b, a / b, -a, (int) a, (long) a));
                assertThat(lines.get(1))
                        .isEqualTo(words(
                                bit(a < b),
                                bit(a <= b),
                                bit(a > b),
                                bit(a >= b),
                                bit(a == b),
                                bit(a != b),
                                bit(a == 0),
                                bit(a != 0)));
                assertThat(lines.get(2)).isEqualTo(a < b ? "1" : "2");
                assertThat(lines).hasSize(a >= b ? 4 : 3);
            }
        }
    }

    @Test
    void shouldCastInCompoundAssignment() {
        assertThat(run("i32 $i = 7; $i *= 1.5; log($i); $i += 5000000000; log($i); $i <<= 33; log($i);"
                        + "i64 $l = 1; $l <<= 40; log($l); $l /= 0.5; log($l); double $d = 1; $d += $i; log($d);"))
                .containsExactly("10", "705032714", "1410065428", "1099511627776", "2199023255552", "1.410065429E9");
    }

    @Test
    void shouldSayWhereADivisionByZeroStands() {
        assertThat(fail("i32 $a = 1; i32 $z = 0; log(1 + $a / $z);")).isEqualTo("1:33: division by zero");
        assertThat(fail("i64 $a = 1; i64 $z = 0;\n  $a = 4 +\n ($a % $z);")).isEqualTo("3:3: division by zero");
        assertThat(fail("i64 $a = 1; i64 $z = 0;\n  $a %= $z;")).isEqualTo("2:3: division by zero");
    }

    private static String cast(String name, int value) {
        return "i32 $" + name + " = (i32)(" + value + ");";
    }

    private static String variable(String type, String name, long value) {
        return value == Long.MIN_VALUE
                ? type + " $" + name + " = -9223372036854775807 - 1;"
                : type + " $" + name + " = " + value + ";";
    }

    private static String variable(String name, double value) {
        String text = Double.isNaN(value)
                ? "0.0 / 0.0"
                : Double.isInfinite(value) ? (value < 0 ? "-1" : "1") + ".0 / 0.0" : "";
        return "double $" + name + " = " + (text.isEmpty() ? Double.toString(value) : text) + ";";
    }

    private static int bit(boolean holds) {
        return holds ? 1 : 0;
    }

    private static String words(Object... values) {
        var text = new StringBuilder();
        for (var value : values) {
            text.append(text.isEmpty() ? "" : " ").append(value);
        }
        return text.toString();
    }
}

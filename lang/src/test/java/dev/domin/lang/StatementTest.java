package dev.domin.lang;

import static dev.domin.lang.Scripts.fail;
import static dev.domin.lang.Scripts.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.lang.support.CompiledScript;
import dev.domin.spi.Blob;
import org.junit.jupiter.api.Test;

class StatementTest {

    @Test
    void shouldEvaluateFromLeftToRight() {
        assertThat(run("i64 $x = probe.Say(1) + probe.Say(2) * probe.Say(3); log($x);"
                        + "blob $B[4]; $B[probe.Say(0)] = probe.Say(9); log($B[0]);"
                        + "i32 $i = 1; $i = $i + ($i = 5); log($i); $i += $i = 10; log($i);"
                        + "log(probe.Say(0) && probe.Say(7), probe.Say(3) || probe.Say(8));"))
                .containsExactly("1", "2", "3", "7", "0", "9", "9", "6", "16", "0", "3", "0 1");
    }

    @Test
    void shouldEvaluateTheTargetOnce() {
        assertThat(run("blob $B[4]; $B[probe.Say(1)] += 300; log($B[1]); log($B[probe.Say(1)]++, "
                        + "++$B[(i32)probe.Say(1)]);"
                        + "log($B[2] = 513, $B[2]); i32 $k = 2; log($B[$k] -= 2, $B[2], $B[$k]--, $B[2]);"))
                .containsExactly("1", "44", "1", "1", "44 46", "1 1", "255 255 255 254");
    }

    @Test
    void shouldLoopAndLeaveLoops() {
        assertThat(run("for (i32 $i = 0, $j = 10; $i < $j; $i++) { if ($i == 1) { continue; } if ($i == 4) "
                        + "break; log($i); }"))
                .containsExactly("0", "2", "3");
        assertThat(run("i32 $n = 0; do { $n++; if ($n == 2) continue; log($n); } while ($n < 3); while (0) "
                        + "{ log(9); }"))
                .containsExactly("1", "3");
        assertThat(run("i32 $n = 0; while (1) { switch ($n) { case 2: break; default: log($n); } if ($n++ "
                        + "== 3) break; }"))
                .containsExactly("0", "1", "3");
        assertThat(run("i32 $n = 0; for (;;) { if ($n > 2) { return(0); } $n += 1; log($n); } log(99);"))
                .containsExactly("1", "2", "3");
        assertThat(run("do { log(1); } while (0); if (1) { log(2); } else { log(3); } if (0) { log(4); }"))
                .containsExactly("1", "2");
    }

    @Test
    void shouldLeaveOutWhatCannotBeReached() {
        assertThat(run("i32 f(i32 $n) { while (1) { if ($n > 3) { return $n; } $n++; } log(7); }"
                        + "i32 g(i32 $n) { switch ($n) { case 1: return 5; default: return 6; } }"
                        + "i32 h(i32 $n) { if ($n) { return 1; } else { return 2; } }"
                        + "i32 k(i32 $n) { do { return 8; } while ($n); }"
                        + "void main() { log(f(0), g(1), g(2), h(0), k(1)); return; log(9); while (1) { } log(3); }"))
                .containsExactly("4 5 6 2 8");
    }

    @Test
    void shouldSwitchOnNumbersAndStrings() {
        String body =
                "{ case -1: case 5: log(\"a\"); case 6: log(\"b\"); case 1000000: log(\"c\"); default: log(\"d\"); }";
        assertThat(run("for (i32 $i = -2; $i < 8; $i++) switch ($i) " + body + " i32 $m = 1000000; switch ($m) "
                        + body))
                .containsExactly("d", "a", "d", "d", "d", "d", "d", "a", "b", "d", "c");
        assertThat(run("i64 $l = 5000000000; switch ($l) { case 705032704: log(1); case 5000000000: log(2); }"
                        + " $l = 705032704; switch ($l) { case 5000000000: log(1); case 705032704: log(2); } $l += 1;"
                        + " switch ($l) { case 5000000000: log(1); case 705032704: log(2); }"))
                .containsExactly("2", "2");
        assertThat(run("void f(string $s) { switch ($s) { case \"Aa\": log(1); case \"BB\": log(2); case \"\": log(3);"
                        + " case \"x\": case \"y\": log(4); default: log(5); } }"
                        + "void g(string $s) { switch ($s) { case \"q\": log(6); } }"
                        + "void main() { f(\"Aa\"); f(\"BB\"); f(\"\"); f(\"y\"); f(\"AaBB\"); g(\"q\"); g(\"r\"); }"))
                .containsExactly("1", "2", "3", "4", "5", "6");
    }

    @Test
    void shouldPassByValueAndByReference() {
        assertThat(run("void f(i32 $i, i64 $l, double $d, string $s, blob $b) { $i++; $l++; $d += 1; $s += \"x\"; "
                        + "$b[0] = 'x'; }"
                        + "void r(ref i32 $i, ref i64 $l, ref double $d, ref string $s, ref blob $b)"
                        + " { $i++; log($l++); $d += 1; $s += \"x\"; $b[0] = 'x'; log(++$i, $i = $i + 1); "
                        + "f($i, $l, $d, $s, $b); }"
                        + "void main() { i32 $i = 1; i64 $l = 2; double $d = 3; string $s = \"s\"; blob $b[2];"
                        + " f($i, $l, $d, $s, $b); log($i, $l, $d, $s, $b[0]); r($i, $l, $d, $s, $b);"
                        + " log($i, $l, $d, $s, $b[0]); probe.Bump($i, $l, $d, $s); log($i, $l, $d, $s); }"))
                .containsExactly("1 2 3.0 s 0", "2", "3 4", "4 3 4.0 sx 120", "5 4 5.0 sx!");
        assertThat(run("i32 f(i32 $n) { g($n); return $n; } void g(ref i32 $x) { $x = $x * 2; }"
                        + "void main() { i32 $i = 4; log(f($i), $i); ref i32 &R = $i; R = 9; log($i, R); }"))
                .containsExactly("8 4", "9 9");
    }

    @Test
    void shouldGiveEachTurnAVariableOfItsOwn() {
        assertThat(run("void set(ref i32 $x) { $x += 5; } for (i32 $i = 0; $i < 2; $i++) { i32 $v; $v = 0; "
                        + "set($v); log($v); }"))
                .containsExactly("5", "5");
    }

    @Test
    void shouldReturnBlobsOfTheCallersOwn() {
        assertThat(run("blob same(ref blob $b) { return $b; } blob own() { blob $b[2]; $b[0] = 'o'; return $b; }"
                        + "void main() { blob $b[2]; $b[0] = 'a'; blob $c[0]; $c = same($b); $c[0] = 'c'; log($b, "
                        + "$c, own());"
                        + " blob $d[0]; $d = own(); $d[1] = 'p'; log($d, own()); }"))
                .containsExactly("<a> <c> <o>", "<op> <o>");
    }

    @Test
    void shouldCallPlugins() {
        assertThat(run("i32 $a = probe.Small(); i64 $b = probe.Small(); log($a, $b, probe.Half(3), probe.Twice($a), "
                        + "probe.Big());"
                        + "probe.Small(); probe.Big(); log();"))
                .containsExactly("-7 -7 1.5 -14 5000000000", "");
        assertThat(fail("i32 $a = 0;\n$a = probe.Big();"))
                .isEqualTo("2:6: value 5000000000 of the result of probe.Big is outside the i32 range");
    }

    @Test
    void shouldGiveBackWhatMainReturnsAndRunCallbacks() {
        var script = Scripts.compile("callback i32 First(ref blob $X) { return($X.Length); }"
                + " callback i32 Second(ref blob $X) { $X[0] = 'y'; return(First($X) + 40); } i32 main() { "
                + "return(7); }");
        var run = new Run(script, () -> {}, new Probe());
        var blob = new Blob(2);

        assertThat(run.program().main()).isEqualTo(7);
        assertThat(script.callbacks()).extracting(CompiledScript.Entry::name).containsExactly("First", "Second");
        assertThat(run.program().callback(0, blob)).isEqualTo(2);
        assertThat(run.program().callback(1, blob)).isEqualTo(42);
        assertThat(blob.get(0)).isEqualTo('y');
        assertThat(blob.wasAssigned()).isFalse();
    }

    @Test
    void shouldNumberThePlaceOfTheInnerCallWhenTheOuterFails() {
        assertThat(fail("i32 f(i32 $x) { return $x; } void main() { blob $B[4];\n log($B[f(1)],\n $B[f(2) + "
                        + "7],\n $B[f(3)]); }"))
                .isEqualTo("3:2: index 9 is outside the blob, which has 4 bytes");
    }
}

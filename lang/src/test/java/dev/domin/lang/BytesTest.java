package dev.domin.lang;

import static dev.domin.lang.Scripts.fail;
import static dev.domin.lang.Scripts.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Strings, blobs, and structs laid over blobs. */
class BytesTest {

    @Test
    void shouldJoinCompareAndCutStrings() {
        assertThat(run("string $s = \"ab\" + \"c\"; $s += \"d\"; log($s, $s.Length, $s[1], $s[1:3], $s[2:], $s[:1], "
                        + "$s[:]);"
                        + "log(\"a\" < \"b\", \"a\" < \"B\", \"\\xff\" > \"a\", $s == \"abcd\", $s != "
                        + "\"abcd\", \"a\" >= \"ab\");"
                        + "if ($s == \"abcd\" && $s > \"abc\") log(1);"))
                .containsExactly("abcd 4 98 bc cd a abcd", "1 0 1 1 0 0", "1");
    }

    @Test
    void shouldFillStringsUpToTheirCapacity() {
        assertThat(run("string $t[4]; $t := \"abcdefgh\"; log($t); $t := \"XY\"; log($t); $t = \"longer\"; log($t);"
                        + " log($t := \"1\", $t); string $u[3] = \"Hello\"; log($u, $u.Length);"))
                .containsExactly("abcd", "XYcd", "longer", "1onger 1onger", "Hello 5");
        assertThat(run("string $t[4]; log(probe.Capacity($t)); $t := \"abcdefgh\"; log($t, probe.Capacity($t));"
                        + " $t = \"longer\"; log($t, probe.Capacity($t), $t := \"12\", $t);"))
                .containsExactly("40", "abcd 41", "longer 60 12nger 12nger");
    }

    @Test
    void shouldReadAndWriteBlobs() {
        assertThat(run("blob $b[4]; $b[0] = 'a'; $b[1] = 'b'; $b[2:] = $b[:2]; log($b, $b.Length, $b == "
                        + "$b[0:4], $b != $b[:3]);"
                        + "$b[1:3] = $b[0:2]; log($b); blob $c[1]; $c = $b; log($c, $c.Length); $b "
                        + ":= $c[:1]; $c := $b; log($c);"
                        + "log(($c = $b[1:]).Length); blob $e[0] = $b[1:3]; log($e); i64 $i = 2; "
                        + "$b[$i] = 'z'; log($b[$i], $b);"))
                .containsExactly("<abab> 4 1 1", "<aabb>", "<aabb> 4", "<aabb>", "3", "<ab>", "122 <aazb>");
    }

    @Test
    void shouldSayWhereBytesAreMissing() {
        assertThat(fail("blob $b[4];\nlog(1,\n  $b[9]);"))
                .isEqualTo("3:3: index 9 is outside the blob, which has 4 bytes");
        assertThat(fail("blob $b[4];\ni64 $i = 5000000000; $b[$i] = 1;"))
                .isEqualTo("2:22: index 5000000000 is outside the blob, which has 4 bytes");
        assertThat(fail("string $s = \"abc\"; log($s[-1]);"))
                .isEqualTo("1:24: index -1 is outside the string, which has 3 bytes");
        assertThat(fail("blob $b[4]; log($b[3:2]);"))
                .isEqualTo("1:17: the slice [3:2] is not inside the blob, which has 4 bytes");
        assertThat(fail("string $s = \"abc\"; log($s[4:]);"))
                .isEqualTo("1:24: the slice [4:] is not inside the string, which has 3 bytes");
        assertThat(fail("blob $b[4]; $b[1:3] = $b;"))
                .isEqualTo("1:13: the slice [1:3] has 2 bytes, the value assigned to it has 4");
        assertThat(fail("i32 $n = -1; blob $b[$n];"))
                .isEqualTo("1:22: a blob cannot have -1 bytes; it may have 0 or more");
        assertThat(fail("i32 $n = -5; string $s[$n];")).startsWith("1:24: a string cannot have a capacity of -5 bytes");
    }

    @Test
    void shouldReadAndWriteFieldsInPlace() {
        assertThat(run("struct H packet { u8 a; i8 b; u16 c; i16 d; u32 e; i32 f; i64 g; double h; u16be i; i32be "
                        + "j; u32be k; i64be l; }"
                        + "void main() { blob $X[80]; $X assign H; $X.a = 511; $X.b = 255; $X.c = 65535; "
                        + "$X.d = 65535; $X.e = -1;"
                        + " $X.f = -2; $X.g = -3; $X.h = 0.5; $X.i = 0x1234; $X.j = -4; $X.k = -1; $X.l = "
                        + "0x0102030405060708;"
                        + " log($X.a, $X.b, $X.c, $X.d, $X.e, $X.f, $X.g, $X.h, $X.i, $X.j, $X.k, $X.l);"
                        + " log($X[30], $X[31], $X[40], $X[47]); log($X.a += 2, $X.b = 200, $X.e = "
                        + "4294967297, $X.c++, $X.c, --$X.d);"
                        + " log($X.h *= 3, $X.i <<= 4, $X[30], structsize(H)); }"))
                .containsExactly(
                        "255 -1 65535 -1 4294967295 -2 -3 0.5 4660 -4 4294967295 72623859790382856",
                        "18 52 1 8",
                        "1 -56 1 65535 0 -2",
                        "1.5 9024 35 48");
    }

    @Test
    void shouldReadAndWriteTextAndBytesInPlace() {
        assertThat(run("struct H packet { u8 a; string s[4]; blob b[3]; u8 z; } void main() { blob $X[9]; "
                        + "$X assign H; $X.z = 'z';"
                        + " $X.s = \"abcd\"; log($X.s, $X.s.Length, $X.s[3]); $X.s = \"x\"; "
                        + "log($X.s, $X[3]); $X.s := \"12345\"; log($X.s);"
                        + " $X.s := \"9\"; log($X.s, $X.s += \"\", $X.s); $X.s[0] = '8'; $X.b[2] = "
                        + "'c'; $X.b[2] += 1; log($X.s, $X.b[2], $X.b.Length);"
                        + " $X.b = $X[1:3]; log($X.b, $X.b[2], $X.z); $X.b := $X; log($X.b.Length, "
                        + "$X.b[1], $X.z, $X.b[0:2]); }"))
                .containsExactly(
                        "abcd 4 100", "x 0", "1234", "9234 9234 9234", "8234 100 3", "<82> 0 122", "3 56 122 <>");
    }

    @Test
    void shouldCheckTheWholeStructAtEachAccess() {
        String head = "struct Header packet { i32 a; double b; } void main() { blob $X[12]; ";
        assertThat(fail(head + "blob $Y[4];\n $Y assign Header; }"))
                .isEqualTo("2:2: a struct Header needs 12 bytes, `$Y` has 4");
        assertThat(fail(head + "$X assign Header; blob $Y[4]; $X = $Y;\n log(1, $X.a); }"))
                .isEqualTo("2:9: a struct Header needs 12 bytes, `$X` has 4");
        assertThat(fail("struct H packet { string s[2]; } void main() { blob $X[2]; $X assign H;\n $X.s = \"abc\"; }"))
                .isEqualTo("2:2: the string field has 2 bytes, the value assigned to it has 3");
        assertThat(fail("struct H packet { blob s[2]; } void main() { blob $X[2]; $X assign H;\n $X.s[2] = 1; }"))
                .isEqualTo("2:2: index 2 is outside the field, which has 2 bytes");
    }
}

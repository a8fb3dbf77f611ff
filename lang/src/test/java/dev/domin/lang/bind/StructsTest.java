package dev.domin.lang.bind;

import static dev.domin.lang.bind.Scripts.accepted;
import static dev.domin.lang.bind.Scripts.errors;
import static dev.domin.lang.bind.Scripts.last;
import static dev.domin.lang.bind.Scripts.lastExpression;
import static dev.domin.lang.bind.Scripts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.domin.lang.source.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructsTest {

    private static final String TYPES =
            "the types are i8 u8 i16 u16 i32 u32 i64 double, with the suffix `be` for network byte order, "
                    + "`string NAME[n]` and `blob NAME[n]`";
    private static final String STRUCTS =
            "struct A packet { i32 a; i32 both; } struct B packet { u16be b; double both; } ";
    private static final String NOWHERE = "lay one over it before, on every path: `$x assign NAME;`";
    private static final String AGAIN = "lay one over it again: `$x assign NAME;`";

    private static StructLayout layout(String struct) {
        return ((BoundExpr.Field) lastExpression(struct + " blob $x[100]; $x assign S; $x.last;")).struct();
    }

    private static String around(String fragment) {
        return STRUCTS + "void F(i32 $c, ref blob $x) { i32 $y = 0; " + fragment + " } void main() { }";
    }

    @Test
    void shouldPack() {
        var layout = layout("struct S packet { i8 a; i64 b; u16be c; string d[3]; double e; blob f[5]; u32 last; }");
        assertThat(layout.size()).isEqualTo(31);
        assertThat(layout.fields())
                .extracting(
                        StructLayout.Field::name,
                        StructLayout.Field::type,
                        StructLayout.Field::bigEndian,
                        StructLayout.Field::offset,
                        StructLayout.Field::size)
                .containsExactly(
                        tuple("a", FieldType.I8, false, 0, 1),
                        tuple("b", FieldType.I64, false, 1, 8),
                        tuple("c", FieldType.U16, true, 9, 2),
                        tuple("d", FieldType.STRING, false, 11, 3),
                        tuple("e", FieldType.DOUBLE, false, 14, 8),
                        tuple("f", FieldType.BLOB, false, 22, 5),
                        tuple("last", FieldType.U32, false, 27, 4));
    }

    @Test
    void shouldAlignAsCDoes() {
        var layout = layout("struct S { i8 a; i64 b; string c[3]; i16 d; u8 last; }");
        assertThat(layout.fields()).extracting(StructLayout.Field::offset).containsExactly(0, 8, 16, 20, 22);
        assertThat(layout.size()).isEqualTo(24);
        assertThat(layout("struct S { string last[3]; }").size()).isEqualTo(3);
    }

    @Test
    void shouldKnowSizes() {
        accepted("struct A packet { i32 a; } struct S packet { blob head[structsize(A) * 2]; }"
                + " blob $b[structsize(S)]; i32 $n = structsize(S);");
        assertThat(((BoundExpr.IntConstant) lastExpression("struct A { i32 a; i8 b; } structsize(A);")).value())
                .isEqualTo(8);
        refused(
                STRUCTS + "i32 $n = structsize(§C);",
                "there is no struct `C`",
                "declare it before the functions, as in `struct C packet { i32 port; }`");
        refused(
                "struct Header packet { i32 a; } i32 $n = structsize(§Haeder);",
                "there is no struct `Haeder`",
                "did you mean `Header`?");
    }

    @Test
    void shouldCheckStructs() {
        refused("struct S { i32 a; } struct §S { i32 a; } i32 $x;", "struct `S` is declared twice", "");
        refused("struct S { i32 a; i64 §a; } i32 $x;", "struct `S` has two fields `a`", "");
        refused(
                "struct S { i32 §Length; } i32 $x;",
                "a field cannot be called `Length`",
                "`.Length` of a blob is its length in bytes; choose another name");
        refused("struct §S { } i32 $x;", "struct `S` has no fields", "give it one, as in `u16be port;`");
        refused("struct S { §u8be a; } i32 $x;", "`u8` has no byte order, so there is no `u8be`", "write `u8`");
        refused(
                "struct S { §stringbe a[4]; } i32 $x;",
                "`string` has no byte order, so there is no `stringbe`",
                "write `string`");
        refused("struct S { §u64 a; } i32 $x;", "there is no field type `u64`", "use `i64`, which has the same bits");
        refused("struct S { §u16eb a; } i32 $x;", "there is no field type `u16eb`", "did you mean `u16be`?");
        refused("struct S { §float a; } i32 $x;", "there is no field type `float`", TYPES);
        refused(
                "struct A { i32 a; } struct S { §A a; } i32 $x;",
                "there is no field type `A`",
                "a struct cannot be inside another: write its fields, or a `blob` of its size");
        refused(
                "struct S { i32 a[§4]; } i32 $x;",
                "a field of type `i32` takes no size",
                "only `string` and `blob` fields have one; write one field for each number");
        refused("struct S { string §a; } i32 $x;", "field `a` needs a size", "write `string a[16];`");
        refused("struct S { blob a[§0]; } i32 $x;", "the size of a field must be 1 to 2147483631, got 0", "");
        refused("struct S { blob a[§-1]; } i32 $x;", "the size of a field must be 1 to 2147483631, got -1", "");
        refused("struct S { blob a[§0.5]; } i32 $x;", "the size of a field must be a constant whole number", "");
        refused(
                "struct S { blob a[2147483000]; §blob b[2147483000]; } i32 $x;",
                "struct `S` is larger than any blob",
                "a blob has at most 2147483631 bytes, whatever the limit of a run");
        refused( // 2147483628 bytes, and 4 of padding at the end
                "struct S { i64 a; §blob b[2147483620]; } i32 $x;",
                "struct `S` is larger than any blob",
                "a blob has at most 2147483631 bytes, whatever the limit of a run");
    }

    @Test
    void shouldTakeTheSmallestAndTheLargestSize() {
        assertThat(layout("struct S { blob last[1]; }").size()).isEqualTo(1);
        assertThat(layout("struct S { blob last[2147483631]; }").size()).isEqualTo(2147483631);
        assertThat(layout("struct S { blob a[2147483630]; u8 last; }").size()).isEqualTo(2147483631);
        refused(
                "struct S { blob a[§2147483632]; } i32 $x;",
                "the size of a field must be 1 to 2147483631, got 2147483632",
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string a;", "string a[structsize(Nope)];", "string a[0.5];", "string a[0];"})
    void shouldKnowTheTypeOfFieldWithoutSize(String field) {
        assertThat(errors("struct S { " + field + " } blob $x[9]; $x assign S; i32 $i = $x.a;"))
                .hasSize(2)
                .last()
                .extracting(Diagnostic::message)
                .isEqualTo("cannot assign string to `$i`, which is i32");
    }

    @Test
    void shouldReadAndWriteFields() {
        accepted("struct S packet { u8 a; i64 b; double c; string d[4]; blob e[4]; u32be f; } blob $x[100]; i64 $w = 1;"
                + " $x assign S; $x.a = $w; $x.b = $x.a; $x.c = $x.f; $x.d = \"ab\"; $x.d := \"abcdefg\"; $x.e = $x;"
                + " $x.d[0] = 'x'; $x.e[1] += $w; i32 $i = $x.d[1] + $x.e[2] + $x.d.Length + $x.Length; $x.f = $i; "
                + "$x.a++;"
                + " blob $y[4] = $x.e[1:]; string $s = $x.d + \"x\"; $x.d += \"x\"; $x.b += 1;");
        refused(
                STRUCTS + "blob $x[9]; $x assign A; $x.a = §0.5;",
                "cannot assign double to `$x.a`, which is i32",
                "a cast removes the fraction: `(i32)`");
        refused(
                STRUCTS + "blob $x[99]; $x assign B; $x.b = §\"x\";",
                "cannot assign string to `$x.b`, which is u16be",
                "`str.ToInt` converts a string to a number");
        refused(
                STRUCTS + "blob $x[9]; $x assign A; §$x.a[0] = 1;",
                "an index needs a string or a blob before it, got i32",
                "");
        refused(
                "struct S { blob e[4]; } blob $x[9]; $x assign S; §$x.e[0:2] = $x[0:2];",
                "a part of a field cannot be assigned",
                "assign the field, or its bytes one by one");
    }

    @Test
    void shouldSuggestFields() {
        refused(
                STRUCTS + "blob $x[9]; $x assign A; $x.§bth = 1;",
                "struct `A` has no field `bth`",
                "did you mean `both`?");
        refused(
                STRUCTS + "blob $x[9]; $x assign A; $x.§qqqqqq = 1;",
                "struct `A` has no field `qqqqqq`",
                "it has `a` and `both`");
        refused("blob $x[9]; i32 $n = $x.§length;", "a blob has no field `length`", "did you mean `.Length`?");
        refused(
                "string $s = \"\"; i32 $n = $s.§length;",
                "`$s` is string, which has no field `length`",
                "did you mean `.Length`?");
        refused(
                "i32 $i = 1; i32 $n = $i.§port;",
                "`$i` is i32, which has no field `port`",
                "only a blob has fields, once a struct is laid over it with `assign`");
        refused("i32 $i = 1; i32 $n = $i.§Length;", "`.Length` needs a string or a blob, got i32", "");
        refused(
                "blob $x[9]; i32 $n = $x[1:].§port;",
                "only a variable has fields, got a blob",
                "store it in a blob variable and lay a struct over that with `assign`");
    }

    @Test
    void shouldCheckOverlays() {
        assertThat(last(STRUCTS + "blob $x[9]; $x assign A;"))
                .isInstanceOfSatisfying(
                        BoundStmt.AssignOverlay.class,
                        assign -> assertThat(assign.struct().name()).isEqualTo("A"));
        refused(
                STRUCTS + "string $s[4]; §$s assign A;",
                "a struct is laid over a blob, and `$s` is string",
                "`blob.FromText` converts a string to a blob");
        refused(
                "struct Header { i32 a; } blob $x[9]; $x assign §Headr; $x.a = 1;",
                "there is no struct `Headr`",
                "did you mean `Header`?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$x assign A; $y = $x.a;",
                "$x assign A; $x assign B; $y = $x.b;",
                "if ($c) { $x assign A; } else { $x assign A; } $y = $x.a;",
                "if ($c) { $x assign A; } else { return; } $y = $x.a;",
                "$x assign A; if ($c) { $x assign B; $y = $x.b; return; } $y = $x.a;",
                "$x assign A; while ($c) { $y = $x.a; $x assign A; }",
                "$x assign A; while ($c) { $x assign B; $y = $x.b; }",
                "$x assign A; while ($c) { blob $x[9]; $x assign B; $y = $x.b; } $y = $x.a;",
                "while (1) { $x assign A; if ($c) { break; } } $y = $x.a;",
                "ref blob &S = $x; S assign A; $y = S.a; $y = $S.a; $x assign B; $y = $x.b + S.a;",
                "switch ($c) { case 1: $x assign A; break; default: $x assign A; } $y = $x.a;",
            })
    void shouldFollowOverlays(String fragment) {
        accepted(around(fragment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$y = §$x.a;",
                "§$x.a = 1;",
                "if ($c) { $x assign A; } $y = §$x.a;",
                "while ($c) { $x assign A; } $y = §$x.a;",
                "while ($c) { if ($y) { $y = §$x.a; } $x assign A; }",
                "$y = §$x.a; $y = $x.both;",
                "switch ($c) { case 1: $x assign A; } $y = §$x.a;",
                "while ($c) { blob $x[9]; if ($c > 1) { $y = §$x.a; } $x assign A; }",
                "{ blob $z[9]; $z assign A; } { blob $x[9]; $y = §$x.a; }",
            })
    void shouldRefuseFieldsOfNothing(String fragment) {
        refused(around(fragment), "no struct is laid over `$x` here, so there is no field `a`", NOWHERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if ($c) { $x assign A; } else { $x assign B; } $y = (i32)§$x.both;",
                "$x assign A; if ($c) { $x assign B; } $y = (i32)§$x.both;",
                "$x assign A; while ($c) { $y = (i32)§$x.both; $x assign B; }",
                "$x assign A; while ($c) { $x assign B; } $y = (i32)§$x.both;",
                "$x assign A; for (; §$x.both > 0;) { if ($c) { while ($c) { $x assign B; } } }",
                "$x assign A; do { $y = (i32)§$x.both; switch ($c) { case 1: $x assign B; } } while ($c);",
            })
    void shouldRefuseFieldsOfDifferentStructs(String fragment) {
        refused(around(fragment), "different structs are laid over `$x` here, depending on the path", AGAIN);
    }

    @Test
    void shouldForgetOverlaysOfEarlierBlocks() {
        refused(
                around("{ blob $z[9]; $z assign A; } { ref blob &R = $x; $y = §R.a; }"),
                "no struct is laid over `R` here, so there is no field `a`",
                "lay one over it before, on every path: `R assign NAME;`");
    }

    @Test
    void shouldGoOnAfterMistakesInStructs() {
        assertThat(errors("struct S { float a; i32 b; } blob $x[9]; $x assign S; $x.a = 1; $x.b = 2;"))
                .hasSize(1);
    }
}

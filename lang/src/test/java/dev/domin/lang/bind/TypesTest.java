package dev.domin.lang.bind;

import static dev.domin.lang.bind.Scripts.PLUGINS;
import static dev.domin.lang.bind.Scripts.accepted;
import static dev.domin.lang.bind.Scripts.errors;
import static dev.domin.lang.bind.Scripts.last;
import static dev.domin.lang.bind.Scripts.lastExpression;
import static dev.domin.lang.bind.Scripts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {

    private static final String CUT =
            "an `i32` holds -2147483648 to 2147483647: use an `i64`, or keep only the low 32 bits with `(i32)`";
    private static final String FRACTION = "a cast removes the fraction: `(i32)`";
    private static final String TO_INT = "`str.ToInt` converts a string to a number";
    private static final String TO_STRING = "`str.FromInt` or `string.Format` converts a number to a string";
    private static final String VARIABLES =
            "i32 $i = 1; i64 $w = 1; double $d = 1; string $s = \"\"; string $t[8]; blob $b[8]; ";

    private static BoundExpr initializer(String declaration) {
        return ((BoundStmt.Declare) last(declaration)).initializer();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "1 + 2 * 3; 7",
                "10 - 2 - 3; 5",
                "2147483647 + 1; -2147483648",
                "-2147483648; -2147483648",
                "5000000000 - 4999999999; 1",
                "1 << 33; 2",
                "-8 >> 1; -4",
                "7 % 3; 1",
                "~0; -1",
                "!5; 0",
                "!0; 1",
                "5 ^ 1; 4",
                "6 & 3; 2",
                "6 | 1; 7",
                "(i32)4294967297; 1",
                "(i32)1e99; 2147483647",
                "1 < 2 && 2 >= 2; 1",
                "1 > 2 || \"a\" != \"a\"; 0",
                "1 && 5; 1",
                "0 || 0.5; 1",
                "1 && 0; 0",
                "0 && 5; 0",
                "7 || 0; 1",
                "\"a\" < \"b\"; 1",
                "0 ? 7 : 8; 8",
                "'a'; 97",
            })
    void shouldComputeConstantsAhead(String expression, int value) {
        assertThat(initializer("i32 $x = " + expression + ";"))
                .isInstanceOfSatisfying(
                        BoundExpr.IntConstant.class,
                        constant -> assertThat(constant.value()).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource({
        "2147483648, 2147483648",
        "-2147483648, -2147483648",
        "-2147483648 * 4, -8589934592",
        "-(2147483648) * 4, -8589934592",
        "-0x80000000 - 1, -2147483649",
        "(i64)1 << 33, 8589934592",
        "(i64)-1e99, -9223372036854775808",
        "1 ? 7 : (i64)8, 7",
        "-9223372036854775808, -9223372036854775808",
        "9223372036854775807 + 1, -9223372036854775808"
    })
    void shouldComputeWideConstantsAhead(String expression, long value) {
        assertThat(lastExpression(expression + ";"))
                .isInstanceOfSatisfying(
                        BoundExpr.LongConstant.class,
                        constant -> assertThat(constant.value()).isEqualTo(value));
    }

    @Test
    void shouldWidenInArithmetic() {
        assertThat(lastExpression(VARIABLES + "$i + $w;").type()).isEqualTo(Type.I64);
        assertThat(lastExpression(VARIABLES + "$w * $d;").type()).isEqualTo(Type.DOUBLE);
        assertThat(lastExpression(VARIABLES + "$i << $w;").type()).isEqualTo(Type.I32);
        assertThat(lastExpression(VARIABLES + "$w < $d;").type()).isEqualTo(Type.I32);
        var sum = (BoundExpr.Arithmetic) lastExpression(VARIABLES + "$i + $w;");
        assertThat(sum.left()).isInstanceOf(BoundExpr.Convert.class);
        assertThat(sum.left().type()).isEqualTo(sum.right().type()).isEqualTo(Type.I64);
        sum = (BoundExpr.Arithmetic) lastExpression(VARIABLES + "$w + $i;");
        assertThat(sum.left().type()).isEqualTo(sum.right().type()).isEqualTo(Type.I64);
        var shift = (BoundExpr.Arithmetic) lastExpression(VARIABLES + "$i << $w;");
        assertThat(shift.right().type()).isEqualTo(Type.I64);
    }

    @Test
    void shouldTurnWhatOneOperandDecidesIntoTruth() {
        var compare = (BoundExpr.Compare) lastExpression(VARIABLES + "1 && $w;");
        assertThat(compare.type()).isEqualTo(Type.I32);
        assertThat(compare.left().type()).isEqualTo(compare.right().type()).isEqualTo(Type.I64);
        compare = (BoundExpr.Compare) lastExpression(VARIABLES + "0 || $w < 2;");
        assertThat(compare.left()).isInstanceOf(BoundExpr.Read.class);
    }

    @Test
    void shouldLeaveDivisionByZeroToTheRun() {
        assertThat(lastExpression("1 / 0;")).isInstanceOf(BoundExpr.Arithmetic.class);
        assertThat(lastExpression("1 % 0;")).isInstanceOf(BoundExpr.Arithmetic.class);
        assertThat(((BoundExpr.DoubleConstant) lastExpression("1 / 0.0;")).value())
                .isInfinite();
    }

    @Test
    void shouldWidenInAssignments() {
        accepted(VARIABLES + "$w = $i; $d = $w; $d = $i; i64 $x = 5; double $y = 5; $d += 1; $i += 0.5; $i *= $w;");
        assertThat(initializer("i64 $x = 5;")).isInstanceOf(BoundExpr.LongConstant.class);
        assertThat(initializer("double $x = 5;")).isInstanceOf(BoundExpr.DoubleConstant.class);
        var compound = (BoundExpr.CompoundAssign) lastExpression(VARIABLES + "$i += 0.5;");
        assertThat(compound.computeType()).isEqualTo(Type.DOUBLE);
        assertThat(compound.type()).isEqualTo(Type.I32);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        refused(VARIABLES + "$i = §2147483648;", "cannot assign 2147483648 to `$i`, which is i32", CUT);
        refused("i32 $x = §-2147483648 * 4;", "cannot assign -8589934592 to `$x`, which is i32", CUT);
        refused(VARIABLES + "$i = §0.5;", "cannot assign double to `$i`, which is i32", FRACTION);
        refused(VARIABLES + "$i = §$s;", "cannot assign string to `$i`, which is i32", TO_INT);
        refused(VARIABLES + "$s = §1;", "cannot assign i32 to `$s`, which is string", TO_STRING);
        refused(
                VARIABLES + "$s = §$b;",
                "cannot assign blob to `$s`, which is string",
                "`blob.ToText` converts a blob to a string");
        refused(
                VARIABLES + "$b = §$s;",
                "cannot assign string to `$b`, which is blob",
                "`blob.FromText` converts a string to a blob");
        refused("i32 F() { return(§5000000000); } void main() { }", "`F` returns i32, got 5000000000", CUT);
        refused(
                "void F(i32 $n) { } void main() { F(§5000000000); }",
                "argument 1 ($n) of `F` takes i32, got 5000000000",
                CUT);
        refused(
                "i32 $i = 1; switch ($i) { case §5000000000: break; }",
                "this `switch` is on i32, its `case` got 5000000000",
                CUT);
    }

    @Test
    void shouldCheckWhileRunningWhatMayNotFit() {
        checked(initializer(VARIABLES + "i32 $x = $w;"), "", "for `$x`");
        checked(((BoundExpr.Assign) lastExpression(VARIABLES + "$i = $w + 1;")).value(), "", "for `$i`");
        checked(
                ((BoundExpr.UserCall) lastExpression("i32 F(i32 $n) { return($n); } i64 $w = 1; F($w);"))
                        .arguments()
                        .getFirst(),
                "",
                "of argument 1 ($n) of `F`");
        accepted("i32 F(i64 $w) { return($w); } void main() { }");
    }

    private static void checked(BoundExpr value, String function, String what) {
        assertThat(value).isInstanceOfSatisfying(BoundExpr.Narrow.class, narrow -> {
            assertThat(narrow.type()).isEqualTo(Type.I32);
            assertThat(narrow.function()).isEqualTo(function);
            assertThat(narrow.what()).isEqualTo(what);
        });
    }

    @Test
    void shouldKeepLowBitsOfBytes() {
        accepted(VARIABLES + "$b[0] = $w; $b[$w] = $i; $b[1] += $w;");
        refused(VARIABLES + "$b[0] = §0.5;", "cannot assign double to a byte", FRACTION);
        refused(VARIABLES + "$b[0] = §\"xy\";", "cannot assign string to a byte", TO_INT);
    }

    @Test
    void shouldSuggestTheOtherQuotes() {
        String string = "strings are enclosed in `\"`: write `\"x\"`";
        refused(VARIABLES + "i32 $y = $s §== 'x';", "`==` cannot compare string with i32", string);
        refused(VARIABLES + "i32 $y = 'x' §!= $s;", "`!=` cannot compare i32 with string", string);
        refused(VARIABLES + "$s = §'x';", "cannot assign i32 to `$s`, which is string", string);
        refused(VARIABLES + "$s = $s §+ 'x';", "`+` joins strings with strings only, got string and i32", string);
        refused(VARIABLES + "$s §+= 'x';", "`+=` joins strings with strings only, got string and i32", string);
        refused(
                VARIABLES + "$s = §'\\n';",
                "cannot assign i32 to `$s`, which is string",
                "strings are enclosed in `\"`: write `\"\\n\"`");
        refused(VARIABLES + "$s = §'x' + 1;", "cannot assign i32 to `$s`, which is string", TO_STRING);
        refused(VARIABLES + "$b = $b §+ 'x';", "`+` takes numbers, got blob and i32", "`blob.Concat` joins blobs");
        refused(VARIABLES + "$s = \"1\" §+ 2;", "`+` joins strings with strings only, got string and i32", TO_STRING);
        refused(VARIABLES + "$s = 2 §+ \"1\";", "`+` joins strings with strings only, got i32 and string", TO_STRING);
        String numbers = "numbers have no quotes: write `1`";
        refused(VARIABLES + "$i = \"1\" §- 2;", "`-` takes numbers, got string and i32", numbers);
        refused(VARIABLES + "$i = 2 §- \"1\";", "`-` takes numbers, got i32 and string", numbers);
        String bytes = "the value of a byte is enclosed in `'`: write `'x'`";
        refused(VARIABLES + "$b[0] = §\"x\";", "cannot assign string to a byte", bytes);
        refused(VARIABLES + "$i = §\"x\";", "cannot assign string to `$i`, which is i32", bytes);
        refused(VARIABLES + "$i = $s[0] §== \"x\";", "`==` cannot compare i32 with string", bytes);
        refused(
                VARIABLES + "$i = $s[0] §== \"\\n\";",
                "`==` cannot compare i32 with string",
                "the value of a byte is enclosed in `'`: write `'\\n'`");
        refused(
                VARIABLES + "$i = §\"12\";",
                "cannot assign string to `$i`, which is i32",
                "numbers have no quotes: write `12`");
    }

    @Test
    void shouldRefuseOperatorsOnOtherTypes() {
        refused(VARIABLES + "$s = $s §+ 1;", "`+` joins strings with strings only, got string and i32", TO_STRING);
        refused(VARIABLES + "$s §+= 1;", "`+=` joins strings with strings only, got string and i32", TO_STRING);
        refused(
                VARIABLES + "$s = $s §+ $b;",
                "`+` joins strings with strings only, got string and blob",
                "`blob.ToText` converts a blob to a string");
        refused(VARIABLES + "$b = $b §+ $b;", "`+` takes numbers, got blob and blob", "`blob.Concat` joins blobs");
        refused(VARIABLES + "$i = $s §- 1;", "`-` takes numbers, got string and i32", TO_INT);
        refused(
                VARIABLES + "$d = $d §% 2;",
                "`%` takes whole numbers, got double and i32",
                "a cast removes the fraction: `(i64)`");
        refused(
                VARIABLES + "$i §|= $d;",
                "`|=` takes whole numbers, got i32 and double",
                "a cast removes the fraction: `(i64)`");
        refused(VARIABLES + "$i = §-$s;", "`-` takes a number, got string", TO_INT);
        refused(
                VARIABLES + "$i = §~$d;",
                "`~` takes a whole number, got double",
                "a cast removes the fraction: `(i64)`");
        refused(VARIABLES + "§$s++;", "`++` takes a number, got string", "");
        refused(VARIABLES + "§--$b;", "`--` takes a number, got blob", "");
        refused(VARIABLES + "$i = §(i32)$s;", "a cast converts between numbers only, not from string to i32", TO_INT);
    }

    @Test
    void shouldCompareLikeWithLike() {
        accepted(VARIABLES + "$i = $s < $t; $i = $b == $b; $i = $b != $b; $i = $w > $d;");
        refused(VARIABLES + "$i = $i §== $s;", "`==` cannot compare i32 with string", TO_INT);
        refused(
                VARIABLES + "$i = $b §< $b;",
                "`<` cannot compare blobs",
                "blobs have no order, only `==` and `!=`; compare `.Length` or single bytes");
    }

    @Test
    void shouldTakeNumbersAsConditions() {
        accepted(VARIABLES + "if ($d) { } while ($w) { } do { } while (!$i); $i = $d && !$w || $i; for (; $d;) { }");
        refused(
                VARIABLES + "if (§$s) { }",
                "a condition takes a number, got string",
                "compare it, as in `$s != \"\"`, or use its `.Length`");
        refused(
                VARIABLES + "while ($i && !§$b) { }",
                "a condition takes a number, got blob",
                "compare it, or use its `.Length`");
    }

    @Test
    void shouldGiveConditionalOneType() {
        assertThat(lastExpression(VARIABLES + "$i ? $i : $w;").type()).isEqualTo(Type.I64);
        accepted(VARIABLES + "$s = $i ? $s : \"x\"; $b = $i ? $b : $b[1:];");
        refused(
                VARIABLES + "$i ? $i : §$s;",
                "both values of `?:` must have the same type, got i32 and string",
                TO_INT);
    }

    @Test
    void shouldReadBytesAndParts() {
        accepted(VARIABLES
                + "$i = $s[0] + $b[$w]; $s = $s[1:]; $b = $b[:$i]; $b[0:2] = $b[2:4]; $b[6:] = $b[:2];"
                + " $i = $s.Length + $b.Length;"
                + " $i = (\"a\" + $s).Length; $i = \"abc\"[1];");
        refused(VARIABLES + "$i = §$i[0];", "an index needs a string or a blob before it, got i32", "");
        refused(VARIABLES + "$i = $b[§\"x\"];", "an index takes a whole number, got string", TO_INT);
        refused(
                VARIABLES + "$b = $b[§0.5:];",
                "a slice takes a whole number, got double",
                "a cast removes the fraction: `(i64)`");
        refused(VARIABLES + "$i = §$d[1:2];", "a slice needs a string or a blob before it, got double", "");
    }

    @Test
    void shouldWidenTheBoundsOfParts() {
        var part = (BoundExpr.Slice) lastExpression(VARIABLES + "$b[$i:5];");
        assertThat(part.from()).isInstanceOf(BoundExpr.Convert.class);
        assertThat(part.from().type()).isEqualTo(Type.I64);
        assertThat(part.to()).isInstanceOf(BoundExpr.LongConstant.class);
        assertThat(((BoundExpr.Slice) lastExpression(VARIABLES + "$b[:];")).from())
                .isNull();
    }

    @Test
    void shouldRefuseToChangeStringsByteByByte() {
        String help = "build a new one with `+` and slices, or work on a blob (`blob.FromText`)";
        refused(VARIABLES + "§$s[0] = 'x';", "a string's bytes cannot be changed one by one", help);
        refused(VARIABLES + "§$s[0:1] = \"x\";", "a part of a string cannot be assigned", help);
    }

    @Test
    void shouldRefuseToAssignToWhatIsNoPlace() {
        refused(
                VARIABLES + "$b.§Length = 4;",
                "`.Length` cannot be assigned",
                "assign a value of the required length, as in `$b = $b[:8];`");
        refused(
                PLUGINS + "§blob.FromText(\"x\")[0] = 1;",
                "this blob is not stored in a variable, so the change would be lost",
                "store it in a variable first");
        refused(
                VARIABLES + "$b[0:2] = §\"xx\";",
                "cannot assign string to a slice of a blob",
                "`blob.FromText` converts a string to a blob");
    }

    @Test
    void shouldFillOnlyWhatHasCapacity() {
        accepted(VARIABLES + "$t := \"abc\"; $b := $b[1:];");
        accepted("void F(ref string $s) { $s := \"x\"; ref string &R = $s; R := \"y\"; } void main() { }");
        refused(
                VARIABLES + "§$s := \"x\";",
                "`:=` fills a string up to its declared capacity, and `$s` has none",
                "declare it with a capacity, as in `string $s[64];`, or assign with `=`");
        refused(
                "void F(string $s) { §$s := \"x\"; } void main() { }",
                "`:=` fills a string up to its declared capacity, and `$s` has none",
                "declare it with a capacity, as in `string $s[64];`, or assign with `=`");
        refused(
                VARIABLES + "§$i := 1;",
                "`:=` fills a whole string or blob, not `$i`, which is i32",
                "assign with `=`");
        refused(
                VARIABLES + "§$b[1:2] := $b;",
                "`:=` fills a whole string or blob, not a slice of a blob",
                "assign with `=`");
        refused(
                VARIABLES + "$t := §$b;",
                "cannot assign blob to `$t`, which is string",
                "`blob.ToText` converts a blob to a string");
    }

    @Test
    void shouldBindSwitches() {
        accepted(VARIABLES + "switch ($i) { case 1: case 2: $i = 3; break; case -1: { } default: $i = 4; }"
                + " switch ($w) { case 1: break; } switch ($s) { case \"a\" + \"b\": break; }");
        var choice = (BoundStmt.Switch) last(VARIABLES + "switch ($w) { case 1: case 2: break; default: }");
        assertThat(choice.cases()).hasSize(2);
        assertThat(choice.cases().getFirst().labels()).hasOnlyElementsOfType(BoundExpr.LongConstant.class);
        refused(
                VARIABLES + "switch (§$d) { case 1: break; }",
                "`switch` takes a whole number or a string, got double",
                "a cast removes the fraction: `(i64)`");
        refused(
                VARIABLES + "switch (§$b) { case 1: break; }",
                "`switch` takes a whole number or a string, got blob",
                "compare with `if` and `else if`");
        refused(
                VARIABLES + "switch ($i) { case §$i: break; }",
                "a `case` must be a constant",
                "compare with `if` and `else if`");
        refused(
                VARIABLES + "switch ($i) { case §\"a\": break; }",
                "this `switch` is on i32, its `case` got string",
                "the value of a byte is enclosed in `'`: write `'a'`");
        refused(
                VARIABLES + "switch ($i) { case 1: break; case §1: break; }",
                "this `switch` already has this case",
                "");
    }

    @Test
    void shouldSayOneThingAboutOneMistake() {
        assertThat(errors("i32 $a = $nope + 1; $a = $nope * 2; $nope[3] = \"x\" + $nope;"))
                .hasSize(1);
        assertThat(errors("i32 $a = 5; i32 $b = $a + \"x\" - 1;")).hasSize(1);
        assertThat(errors("blob $b[4]; blob $c[4]; $b[$nope:1] = $c; $b = $c[$nope:];"))
                .hasSize(1);
    }
}

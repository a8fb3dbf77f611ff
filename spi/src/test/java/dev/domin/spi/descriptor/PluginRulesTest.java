package dev.domin.spi.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.spi.ArgumentCheck;
import dev.domin.spi.Blob;
import dev.domin.spi.IntRef;
import dev.domin.spi.Param;
import dev.domin.spi.Plugin;
import dev.domin.spi.ScriptFunction;
import dev.domin.spi.ScriptPlugin;
import dev.domin.spi.StringRef;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each class here breaks rules, and each annotation {@link Refused} has the start of the message for its place. */
class PluginRulesTest {

    @Retention(RetentionPolicy.RUNTIME)
    @interface Refused {
        String value();
    }

    @ScriptPlugin(
            namespace = "good",
            library = "GoodPlugin",
            aliases = "builtin:good",
            path = "a/GoodPlugin",
            doc = "D.")
    public static final class GoodPlugin implements Plugin {
        @ScriptFunction(name = "F", aliases = "g", doc = "D.", returns = "R.", example = "F();", output = "x")
        public Blob function(
                @Param(value = "a", doc = "A.", byRef = true) Blob a,
                @Param(value = "b", doc = "B.") StringRef b,
                @Param(value = "c", doc = "C.", defaultValue = "-0x10") int c,
                @Param(value = "d", doc = "D.", defaultValue = "-9223372036854775808") long d,
                @Param(value = "e", doc = "E.", defaultValue = "1e-3") double e,
                @Param(value = "f", doc = "F.", defaultValue = "\"a\\\"b\\\\\"") String f,
                @Param(value = "g", doc = "G.") Object... g) {
            return a;
        }
    }

    @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "Bad.")
    public static final class BadFunctions implements Plugin {
        @Refused("a function's method must be public")
        @ScriptFunction(name = "A", doc = "D.")
        void isNotPublic() {}

        @Refused("doc is empty")
        @ScriptFunction(name = "B", doc = " ")
        public void hasNoDoc() {}

        @Refused("returns is empty")
        @ScriptFunction(name = "C", doc = "D.")
        public int saysNothingOfItsResult() {
            return 1;
        }

        @Refused("there is an output without the example")
        @ScriptFunction(name = "D", doc = "D.", output = "x")
        public void hasNoExample() {}

        @Refused("the result is boolean, but scripts have only void, int, long")
        @ScriptFunction(name = "E", doc = "D.", returns = "R.")
        public boolean hasAForeignResult() {
            return true;
        }

        @Refused("the result is dev.domin.spi.IntRef, but scripts have only")
        @ScriptFunction(name = "F", doc = "D.", returns = "R.")
        public IntRef returnsAReference() {
            return new IntRef();
        }

        @Refused("\"1G\" is not a name for a function")
        @ScriptFunction(name = "1G", doc = "D.")
        public void startsWithADigit() {}

        @Refused("\"\" is not a name for a function")
        @ScriptFunction(name = "G", aliases = "", doc = "D.")
        public void hasAnEmptyAlias() {}

        @Refused("the name H is used twice in this plugin, first by hasItsOwnNameAsAlias")
        @ScriptFunction(name = "H", aliases = "H", doc = "D.")
        public void hasItsOwnNameAsAlias() {}
    }

    @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "Bad.")
    public static final class BadParameters implements Plugin {
        @Refused("parameter 1 has no @Param")
        @ScriptFunction(name = "A", doc = "D.")
        public void isNotAnnotated(int a) {}

        @Refused("parameter 1 (a) is java.util.List, but scripts have only int, long")
        @ScriptFunction(name = "B", doc = "D.")
        public void hasAForeignType(@Param(value = "a", doc = "A.") List<String> a) {}

        @Refused("parameter 1 (a) has an empty doc")
        @ScriptFunction(name = "C", doc = "D.")
        public void hasNoDoc(@Param(value = "a", doc = "") int a) {}

        @Refused("parameter 1 (a b) has an invalid name")
        @ScriptFunction(name = "D", doc = "D.")
        public void hasABadName(@Param(value = "a b", doc = "A.") int a) {}

        @Refused("parameter 2 (a) has the name of an earlier one")
        @ScriptFunction(name = "E", doc = "D.")
        public void sharesAName(@Param(value = "a", doc = "A.") int a, @Param(value = "a", doc = "A.") int b) {}

        @Refused("parameter 1 (a) takes any number of arguments, so it must be the last, written Object...")
        @ScriptFunction(name = "F", doc = "D.")
        public void isWrittenAsAnArray(@Param(value = "a", doc = "A.") Object[] a) {}

        @Refused("parameter 2 (b) is required but comes after a, which is optional")
        @ScriptFunction(name = "G", doc = "D.")
        public void isCompulsoryAfterAnOptionalOne(
                @Param(value = "a", doc = "A.", defaultValue = "1") int a, @Param(value = "b", doc = "B.") int b) {}

        @Refused("parameter 1 (a) is byRef, which only a Blob can be")
        @ScriptFunction(name = "H", doc = "D.")
        public void isAnIntByReference(@Param(value = "a", doc = "A.", byRef = true) int a) {}
    }

    @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "Bad.")
    public static final class BadDefaults implements Plugin {
        @Refused("parameter 1 (a) has the default value 2147483648, but it must be an int")
        @ScriptFunction(name = "A", doc = "D.")
        public void isTooLarge(@Param(value = "a", doc = "A.", defaultValue = "2147483648") int a) {}

        @Refused("parameter 1 (a) has the default value 010, but it must be an int")
        @ScriptFunction(name = "B", doc = "D.")
        public void isOctal(@Param(value = "a", doc = "A.", defaultValue = "010") long a) {}

        @Refused("parameter 1 (a) has the default value #10, but it must be an int")
        @ScriptFunction(name = "C", doc = "D.")
        public void isAColour(@Param(value = "a", doc = "A.", defaultValue = "#10") long a) {}

        @Refused("parameter 1 (a) has the default value NaN, but it must be a double")
        @ScriptFunction(name = "D", doc = "D.")
        public void isNoNumber(@Param(value = "a", doc = "A.", defaultValue = "NaN") double a) {}

        @Refused("parameter 1 (a) has the default value 1e999, but it must be a double")
        @ScriptFunction(name = "E", doc = "D.")
        public void isInfinite(@Param(value = "a", doc = "A.", defaultValue = "1e999") double a) {}

        @Refused("parameter 1 (a) has the default value x, but it must be a string in double quotes")
        @ScriptFunction(name = "F", doc = "D.")
        public void hasNoQuotes(@Param(value = "a", doc = "A.", defaultValue = "x") String a) {}

        @Refused("parameter 1 (a) has the default value \"\\\", but it must be a string in double quotes")
        @ScriptFunction(name = "G", doc = "D.")
        public void escapesItsQuote(@Param(value = "a", doc = "A.", defaultValue = "\"\\\"") String a) {}

        @Refused("parameter 1 (a) has the default value 0, but an argument of type blob")
        @ScriptFunction(name = "H", doc = "D.")
        public void isABlob(@Param(value = "a", doc = "A.", defaultValue = "0") Blob a) {}
    }

    @ScriptPlugin(
            namespace = "a.b",
            library = "builtin:",
            aliases = {"x", "x"},
            path = "a/b",
            doc = "")
    abstract static class BadClass implements Plugin {}

    @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "Bad.")
    public static final class NeedsAnArgument implements Plugin {
        public NeedsAnArgument(int value) {}

        @ScriptFunction(name = "F", doc = "D.")
        public void function() {}
    }

    @ScriptPlugin(namespace = "bad", library = "BadPlugin", doc = "Bad.")
    public static final class BadRanges implements Plugin {
        @Refused("parameter 1 (a) has a min or max, which only a number can have")
        @ScriptFunction(name = "A", doc = "D.")
        public void hasARangeOfText(@Param(value = "a", doc = "A.", min = 1) String a) {}

        @Refused("parameter 1 (b) has the min 2, which is above its max, 1")
        @ScriptFunction(name = "B", doc = "D.")
        public void hasAnEmptyRange(@Param(value = "b", doc = "B.", min = 2, max = 1) int b) {}

        @Refused("parameter 1 (c) has the default value 0, which is not in its range")
        @ScriptFunction(name = "C", doc = "D.")
        public void hasADefaultOutside(@Param(value = "c", doc = "C.", min = 1, defaultValue = "0") long c) {}

        @Refused("parameter 1 (d) is a callback, which is given by its name")
        @ScriptFunction(name = "D", doc = "D.")
        public void hasANumberAsCallback(@Param(value = "d", doc = "D.", callback = true) long d) {}

        @Refused("parameter 1 (e) has a check, which only a String can have")
        @ScriptFunction(name = "E", doc = "D.")
        public void checksANumber(@Param(value = "e", doc = "E.", check = NoCheck.class) long e) {}
    }

    /** A check. */
    public static final class NoCheck implements ArgumentCheck {
        @Override
        public void check(String argument, Object... further) {}
    }

    @Test
    void shouldAcceptAPluginThatKeepsTheRules() {
        assertThat(ReflectedPlugin.of(GoodPlugin.class).functions())
                .extracting(FunctionDeclaration::name)
                .containsExactly("F", "g");
    }

    @Test
    void shouldRefuseEachBadFunction() {
        assertRefused(BadFunctions.class);
    }

    @Test
    void shouldRefuseEachBadParameter() {
        assertRefused(BadParameters.class);
    }

    @Test
    void shouldRefuseEachBadDefaultValue() {
        assertRefused(BadDefaults.class);
    }

    @Test
    void shouldRefuseEachBadRange() {
        assertRefused(BadRanges.class);
    }

    @Test
    void shouldRefuseABadClassWithAllItsFaults() {
        assertThat(faults(BadClass.class))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("a plugin class must be public"),
                        fault -> assertThat(fault).startsWith("a plugin class must be one that can be instantiated"),
                        fault -> assertThat(fault).startsWith("doc is empty"),
                        fault -> assertThat(fault).startsWith("no method has @ScriptFunction"),
                        fault -> assertThat(fault).startsWith("namespace \"a.b\" is not a name"),
                        fault -> assertThat(fault).startsWith("library \"builtin:\" is neither a name"),
                        fault -> assertThat(fault).startsWith("alias \"x\" is given twice"),
                        fault -> assertThat(fault).startsWith("path \"a/b\" must end in the library's name"));
    }

    @Test
    void shouldRefuseAConstructorThatNeedsAnArgument() {
        assertThat(faults(NeedsAnArgument.class))
                .singleElement()
                .asString()
                .startsWith("a plugin class needs a public constructor without parameters");
    }

    @Test
    void shouldRefuseAClassWithoutTheAnnotation() {
        class Plain implements Plugin {}
        assertThatThrownBy(() -> ReflectedPlugin.of(Plain.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(": a plugin class needs @ScriptPlugin, which names it");
    }

    private static void assertRefused(Class<? extends Plugin> pluginClass) {
        var expected = new ArrayList<String>();
        for (var method : pluginClass.getDeclaredMethods()) {
            expected.add(method.getName() + ": "
                    + method.getAnnotation(Refused.class).value());
        }
        assertThat(faults(pluginClass))
                .hasSameSizeAs(expected)
                .allSatisfy(fault -> assertThat(expected)
                        .anySatisfy(start -> assertThat(fault).startsWith(start)));
    }

    /** The messages for a class, without its name in front of each. */
    private static List<String> faults(Class<? extends Plugin> pluginClass) {
        try {
            ReflectedPlugin.of(pluginClass);
            return List.of();
        } catch (IllegalArgumentException e) {
            return Arrays.stream(e.getMessage().split("\n", -1))
                    .map(line -> line.substring(pluginClass.getName().length()).replaceFirst("^(\\.|: )", ""))
                    .toList();
        }
    }
}

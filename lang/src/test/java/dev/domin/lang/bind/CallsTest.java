package dev.domin.lang.bind;

import static dev.domin.lang.bind.Scripts.PLUGINS;
import static dev.domin.lang.bind.Scripts.accepted;
import static dev.domin.lang.bind.Scripts.bind;
import static dev.domin.lang.bind.Scripts.errors;
import static dev.domin.lang.bind.Scripts.last;
import static dev.domin.lang.bind.Scripts.lastExpression;
import static dev.domin.lang.bind.Scripts.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.domin.lang.source.Diagnostic;
import dev.domin.lang.source.ErrorRenderer;
import dev.domin.lang.source.RefusedException;
import dev.domin.spi.descriptor.PluginDescriptor;
import dev.domin.spi.descriptor.UnusablePluginException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final String LIBRARIES =
            "the plugins are `AbiPlugin`, `AsyncMetaPlugin`, `BlobPlugin`, `CallbackUdpServerPlugin`, `PrintPlugin`, "
                    + "`TimerPlugin` and `builtin:blob`; `--plugins DIR` adds those in the jars of a folder";

    @Test
    void shouldShowWrongArgumentAsTheSpecificationDoes() {
        var error = errors("""
                        plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";
                        i64 $sid;
                        i32 $unused;
                          $sid = callbackudpserver.Open("OnPacket", "soon", 0);
                        """).getFirst();
        assertThat(ErrorRenderer.render(error, false)).isEqualTo("""
                        test.dom:4:45: error: argument 2 (timeoutMs) of callbackudpserver.Open takes int (i32 or i64), got string
                          4 |   $sid = callbackudpserver.Open("OnPacket", "soon", 0);
                            |                                             ^^^^^^
                          help: -1 waits without end; other values are milliseconds""");
    }

    @Test
    void shouldTellThatAPluginOfDominScriptIsNotHere() {
        refused(
                "plugin §\"../plugins/sqlite/SqlitePlugin\"; i32 $x;",
                "domin does not have the plugin `SqlitePlugin` of DominScript",
                LIBRARIES);
    }

    @Test
    void shouldNameUnknownPluginAndListTheOthers() {
        refused(
                "plugin §\"../plugins/print/PrintPlugn\"; i32 $x;",
                "there is no plugin `PrintPlugn`",
                "did you mean `PrintPlugin`? " + LIBRARIES);
        refused("plugin §\"builtin:nothingLikeIt\"; i32 $x;", "there is no plugin `builtin:nothingLikeIt`", LIBRARIES);
        refused(
                "plugin §\"../plugins/print/PrintPlugn\"; printf(\"x\"); timer.SleepMs(1);",
                "there is no plugin `PrintPlugn`",
                "did you mean `PrintPlugin`? " + LIBRARIES);
    }

    @Test
    void shouldReportPluginThatCannotBeUsed() {
        var catalog = new FakePlugin.Catalog() {
            @Override
            public Optional<PluginDescriptor> find(String library) {
                if (library.equals("BrokenPlugin")) {
                    throw new UnusablePluginException("the jar `broken.jar` is damaged", "build it again");
                }
                return super.find(library);
            }
        };
        assertThatThrownBy(() -> bind("plugin \"a/BrokenPlugin\"; broken.F(1);", catalog, false))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    var error = e.diagnostics().getFirst();
                    assertThat(e.diagnostics()).hasSize(1);
                    assertThat(error.message()).isEqualTo("the jar `broken.jar` is damaged");
                    assertThat(error.help()).isEqualTo("build it again");
                    assertThat(error.span().start()).isEqualTo("plugin ".length());
                });
    }

    @Test
    void shouldAskCatalogOnlyForWhatIsNamed() {
        var catalog = new FakePlugin.Catalog();
        bind("plugin \"builtin:print\"; plugin \"a/PrintPlugin\"; printf(\"x\");", catalog, false);
        assertThat(catalog.asked).containsExactly("builtin:print", "PrintPlugin");
    }

    @Test
    void shouldListEachPluginOnce() {
        var script =
                bind("plugin \"builtin:print\"; plugin \"a/PrintPlugin\"; plugin \"a/TimerPlugin\"; printf(\"x\");");
        assertThat(script.plugins()).extracting(PluginDescriptor::namespace).containsExactly("print", "timer");
    }

    @Test
    void shouldTakeOnlyUsedPluginsWhereAllAreLoaded() {
        var script = bind("timer.SleepMs(1); printf(\"x\");", new FakePlugin.Catalog(), true);
        assertThat(script.plugins()).extracting(PluginDescriptor::namespace).containsExactly("timer", "print");
    }

    @Test
    void shouldSearchAllPluginsOfOneNamespace() {
        accepted("plugin \"a/BlobPlugin\"; plugin \"builtin:blob\"; i32 $o = blob.Overflow(blob.FromText(\"x\"));");
    }

    @Test
    void shouldTellWhichDirectiveIsMissing() {
        refused(
                "§timer.SleepMs(1);",
                "the plugin of `timer` is not loaded",
                "add at the top: `plugin \"../plugins/timer/TimerPlugin\";`");
        refused(
                "i32 $x = §asyncmeta.RouteStateOpen;",
                "the plugin of `asyncmeta` is not loaded",
                "add at the top: `plugin \"../plugins/asyncmeta/AsyncMetaPlugin\";`");
        refused(
                "§printf(\"x\");",
                "there is no function `printf`",
                "add at the top: `plugin \"../plugins/print/PrintPlugin\";`");
        refused(
                "blob $b[1]; $b = §blob.FromText(\"x\");",
                "the plugin of `blob` is not loaded",
                "add at the top: `plugin \"../plugins/blob/BlobPlugin\";`");
    }

    @Test
    void shouldNeedNoDirectiveForBuiltins() {
        assertThat(bind("blob $b[1]; i32 $o = blob.Overflow($b);").plugins())
                .extracting(PluginDescriptor::library)
                .containsExactly("builtin:blob");
        accepted("plugin \"a/BlobPlugin\"; blob $b[1]; $b = blob.FromText(\"x\"); i32 $o = blob.Overflow($b);");
        accepted("plugin \"builtin:struct\"; plugin \"builtin:plugin\"; i32 $x;");
        refused(
                "blob $b[1]; i32 $o = §blob.Overflw($b);",
                "there is no function `blob.Overflw`",
                "did you mean `blob.Overflow`?");
        refused(
                "plugin \"builtin:struct\"; §struct.Change(1);",
                "there is no function `struct.Change`",
                "domin has no functions of DominScript's namespace `struct`");
        refused(
                "i32 $x = §plugin.Count;",
                "there is no function `plugin.Count`",
                "domin has no functions of DominScript's namespace `plugin`");
    }

    @Test
    void shouldSuggestNearNames() {
        refused(
                PLUGINS + "i64 $s = §callbackudpserver.Opne(\"x\", 1);",
                "there is no function `callbackudpserver.Opne`",
                "did you mean `callbackudpserver.Open`?");
        refused(
                PLUGINS + "§callbackudpserver.Frobnicate();",
                "there is no function `callbackudpserver.Frobnicate`",
                "`callbackudpserver` has `Open`, `Close`, `Port` and `OpenCount`");
        refused(PLUGINS + "§prinft(\"x\");", "there is no function `prinft`", "did you mean `printf`?");
        refused(
                PLUGINS + "§OpenCount();",
                "there is no function `OpenCount`",
                "did you mean `callbackudpserver.OpenCount`?");
        refused(
                "i32 Compute() { return(1); } i32 main() { return(§Compte()); }",
                "there is no function `Compte`",
                "did you mean `Compute`?");
        refused(
                "§qqqqqq();",
                "there is no function `qqqqqq`",
                "declare it, as in `i32 qqqqqq() { return(0); }`, or put a plugin's name and a dot before it");
        refused(
                PLUGINS + "§callbackudpservr.OpenCount();",
                "there is no plugin with the namespace `callbackudpservr`",
                "did you mean `callbackudpserver.OpenCount`?");
        refused(
                "§qqqqqq.F();",
                "there is no plugin with the namespace `qqqqqq`",
                "there are `abi`, `asyncmeta`, `blob`, `callbackudpserver`, `print` and `timer`");
        refused(
                PLUGINS + "i64 $x = §asyncmeto.RouteStateOpen;",
                "there is no plugin with the namespace `asyncmeto`",
                "did you mean `asyncmeta.RouteStateOpen`?");
    }

    @Test
    void shouldCheckNumberOfArguments() {
        refused(
                PLUGINS + "§callbackudpserver.Open(\"x\");",
                "callbackudpserver.Open takes 2 to 3 arguments, got 1",
                "callbackudpserver.Open(string callbackName, int timeoutMs, int port = 0) -> i64, where int is i32 "
                        + "or i64");
        refused(
                PLUGINS + "callbackudpserver.Open(\"x\", 1, 2, §3);",
                "callbackudpserver.Open takes 2 to 3 arguments, got 4",
                "callbackudpserver.Open(string callbackName, int timeoutMs, int port = 0) -> i64, where int is i32 "
                        + "or i64");
        refused(
                PLUGINS + "callbackudpserver.OpenCount(§1);",
                "callbackudpserver.OpenCount takes no arguments, got 1",
                "callbackudpserver.OpenCount() -> i64");
        refused(
                PLUGINS + "§printf();",
                "printf takes at least 1 argument, got 0",
                "print.printf(string format, ...) -> i64");
        refused(
                PLUGINS + "blob $b[8]; §blob.SetInt($b);",
                "blob.SetInt takes 2 arguments, got 1",
                "blob.SetInt(ref blob target, int value), where int is i32 or i64");
        refused(
                "void F(i32 $a, ref blob $b) { } void main() { §F(1); }",
                "`F` takes 2 arguments, got 1",
                "void F(i32 $a, ref blob $b)");
        refused(
                "callback i32 F(ref blob $b) { return 0; } void main() { blob $b[1]; F($b, §2); }",
                "`F` takes 1 argument, got 2",
                "callback i32 F(ref blob $b)");
    }

    @Test
    void shouldCheckTypesOfArguments() {
        refused(
                PLUGINS + "abi.Int(§0.5);",
                "argument 1 (x) of abi.Int takes int (i32 or i64), got double",
                "a cast removes the fraction: `(i64)`");
        refused(
                PLUGINS + "abi.Float(§\"1\");",
                "argument 1 (x) of abi.Float takes double, got string",
                "`str.ToInt` converts a string to a number");
        refused(
                PLUGINS + "printf(§1);",
                "argument 1 (format) of printf takes string, got i32",
                "`str.FromInt` or `string.Format` converts a number to a string");
        refused(
                PLUGINS
                        + "plugin_blob(§\"x\");"
                                .replace("plugin_blob", "blob.SetInt")
                                .replace("\")", "\", 1)"),
                "argument 1 (target) of blob.SetInt takes blob, got string",
                "");
        refused(
                PLUGINS + "blob.SetInt(§blob.FromText(\"x\"), 1);",
                "argument 1 (target) of blob.SetInt takes a variable, got a value",
                "the function may change it: store the value in a variable first");
        refused(
                PLUGINS + "i64 $i = 0; i64 $l = 0; abi.Refs(§$i, $l);",
                "argument 1 (i) of abi.Refs takes ref i32, got i64",
                "a variable passed by reference must have exactly that type: declare it as i32");
        refused(
                PLUGINS + "i32 $i = 0; i64 $l = 0; abi.Refs(§$i + 1, $l);",
                "argument 1 (i) of abi.Refs takes a variable, got a value",
                "the function may change it: store the value in a variable first");
        refused(
                "void F(i32 $a) { } void main() { F(§\"x\"); }",
                "argument 1 ($a) of `F` takes i32, got string",
                "`str.ToInt` converts a string to a number");
        refused(
                "void F(ref i32 $a) { } void main() { F(§5); }",
                "argument 1 ($a) of `F` takes a variable, got a value",
                "the function may change it: store the value in a variable first");
    }

    @Test
    void shouldReportMistakesInTheArgumentsOfRefusedCalls() {
        String unknown = "there is no variable `$nope` here";
        assertThat(messages(PLUGINS + "qqqqqq($nope);")).containsExactly("there is no function `qqqqqq`", unknown);
        assertThat(messages(PLUGINS + "abi.Qqqqqq($nope);"))
                .containsExactly("there is no function `abi.Qqqqqq`", unknown);
        assertThat(messages(PLUGINS + "abi.Int($nope, 1);"))
                .containsExactly(unknown, "abi.Int takes 1 argument, got 2");
        assertThat(messages("void F(i32 $a) { } void main() { F($nope, 1); }"))
                .containsExactly(unknown, "`F` takes 1 argument, got 2");
    }

    private static List<String> messages(String text) {
        return errors(text).stream().map(Diagnostic::message).toList();
    }

    @Test
    void shouldSayNothingAboutTheResultOfRefusedCalls() {
        String unknown = "there is no variable `$nope` here";
        String help = "declare it first, as in `i32 $nope = 0;`";
        refused(PLUGINS + "string $s = abi.Int(§$nope);", unknown, help);
        refused("i32 F(i32 $a) { return(1); } void main() { string $s = F(§$nope); }", unknown, help);
    }

    @Test
    void shouldRefuseToUseWhatReturnsNothingEvenAfterMistakesInItsArguments() {
        assertThat(messages(PLUGINS + "blob $b[8]; i32 $x = blob.SetInt($b, $nope);"))
                .containsExactly(
                        "`blob.SetInt` returns nothing, so there is no value to use here",
                        "there is no variable `$nope` here");
        assertThat(messages("void F(i32 $a) { } i32 main() { return(F($nope)); }"))
                .containsExactly(
                        "`F` returns nothing, so there is no value to use here", "there is no variable `$nope` here");
    }

    @Test
    void shouldRefuseToUseWhatReturnsNothing() {
        refused(
                PLUGINS + "blob $b[8]; i32 $x = §blob.SetInt($b, 1);",
                "`blob.SetInt` returns nothing, so there is no value to use here",
                "");
        refused(
                "void F() { } i32 main() { return(§F()); }",
                "`F` returns nothing, so there is no value to use here",
                "");
    }

    @Test
    void shouldFillInDefaults() {
        var open = (BoundExpr.PluginCall) lastExpression(PLUGINS + "callbackudpserver.Open(\"x\", 5);");
        assertThat(open.arguments()).hasSize(3);
        assertThat(open.arguments().get(1)).isInstanceOf(BoundExpr.LongConstant.class);
        assertThat(((BoundExpr.IntConstant) open.arguments().get(2)).value()).isZero();
        assertThat(open.type()).isEqualTo(Type.I64);
        var real = (BoundExpr.PluginCall) lastExpression(PLUGINS + "abi.Float();");
        assertThat(((BoundExpr.DoubleConstant) real.arguments().getFirst()).value())
                .isEqualTo(0.5);
        var text = (BoundExpr.PluginCall) lastExpression(PLUGINS + "abi.Text();");
        assertThat(((BoundExpr.StringConstant) text.arguments().getFirst()).value())
                .isEqualTo("a\"b");
    }

    @Test
    void shouldCallWithoutParentheses() {
        var declare = (BoundStmt.Declare) last(PLUGINS + "i32 $x = asyncmeta.RouteStateOpen;");
        assertThat(declare.initializer()).isInstanceOf(BoundExpr.PluginCall.class);
        assertThat(declare.initializer().type()).isEqualTo(Type.I32);
    }

    @Test
    void shouldCheckRangeOfPluginResultsStoredDirectly() {
        var declare = (BoundStmt.Declare) last(PLUGINS + "i32 $x = callbackudpserver.OpenCount();");
        assertThat(declare.initializer())
                .isInstanceOfSatisfying(
                        BoundExpr.Narrow.class,
                        narrow -> assertThat(narrow.what()).isEqualTo("of the result of callbackudpserver.OpenCount"));
        accepted(PLUGINS + "i32 F(i32 $a) { return(abi.Int(1)); } void main() { i32 $x; $x = F(abi.Int(2)); }");
        declare = (BoundStmt.Declare) last(PLUGINS + "i32 $x = callbackudpserver.OpenCount() + 1;");
        assertThat(declare.initializer())
                .isInstanceOfSatisfying(
                        BoundExpr.Narrow.class,
                        narrow -> assertThat(narrow.what()).isEqualTo("for `$x`"));
    }

    @Test
    void shouldCheckRangeOfWideArguments() {
        var call = (BoundExpr.PluginCall) lastExpression(PLUGINS + "i64 $w = 1; abi.Int($w);");
        assertThat(call.arguments().getFirst()).isInstanceOfSatisfying(BoundExpr.Narrow.class, narrow -> {
            assertThat(narrow.function()).isEqualTo("abi.Int");
            assertThat(narrow.what()).isEqualTo("of argument 1 (x) of abi.Int");
        });
        var constant = (BoundExpr.PluginCall) lastExpression(PLUGINS + "abi.Int(5000000000 - 4999999999);");
        assertThat(constant.arguments().getFirst()).isInstanceOf(BoundExpr.IntConstant.class);
        var nested = (BoundExpr.PluginCall) lastExpression(PLUGINS + "abi.Int(abi.Int(1));");
        assertThat(nested.arguments().getFirst().type()).isEqualTo(Type.I32);
        assertThat(nested.arguments().getFirst()).isInstanceOf(BoundExpr.PluginCall.class);
    }

    @Test
    void shouldPassFurtherArgumentsAsTheyAre() {
        var call = (BoundExpr.PluginCall)
                lastExpression(PLUGINS + "blob $b[1]; i64 $w = 1; printf(\"x\", 1, $w, 0.5, \"s\", $b);");
        assertThat(call.arguments())
                .extracting(BoundExpr::type)
                .containsExactly(Type.STRING, Type.I32, Type.I64, Type.DOUBLE, Type.STRING, Type.BLOB);
    }

    @Test
    void shouldHoldWhatIsPassedByReference() {
        var call = (BoundExpr.PluginCall)
                lastExpression(PLUGINS + "double $d = 1; string $s = \"\"; i32 $free = 1; abi.More($d, $s);");
        assertThat(call.arguments())
                .allSatisfy(argument -> assertThat(
                                ((BoundExpr.Reference) argument).local().isHeld())
                        .isTrue());
        var declare = (BoundStmt.Declare) last("i32 $free = 1;");
        assertThat(declare.local().isHeld()).isFalse();
    }

    @Test
    void shouldLetCallbacksBeCalledLikeFunctions() {
        accepted("callback i32 F(ref blob $X) { return(1); } void main() { blob $b[4]; i32 $r = F($b); }");
    }
}

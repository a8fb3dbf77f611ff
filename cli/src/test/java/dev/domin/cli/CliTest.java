package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The messages for wrong use of the command. */
class CliTest {

    private static final String HINT = "\nrun domin --help for usage\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void shouldSuggestACommand() throws IOException {
        String script = script("x.dom");
        wrong(
                "there is no command `chek`, and no file of that name; did you mean `domin check " + script + "`?",
                "chek",
                script);
        wrong("there is no command `hlep`, and no file of that name; did you mean `domin help`?", "hlep");
        wrong(
                "there is no command `lint`, and no file of that name; did you mean `domin check a.dom`?",
                "lint",
                "a.dom");
        wrong("there is no command `version`, and no file of that name; did you mean `domin --version`?", "version");
        wrong(
                "there is no command `run`, and no file of that name; a script is run without a command: `domin "
                        + script + " A`",
                "run",
                script,
                "A");
        wrong(
                "there is no command `run`, and no file of that name; a script is run without a command: `domin"
                        + " FILE.dom`",
                "--fail-fast",
                "run");
        wrong("there is no command `zzzzz`, and no file of that name", "zzzzz");
    }

    @Test
    void shouldSuggestEveryCommand() {
        wrong("there is no command `trce`, and no file of that name; did you mean `domin trace`?", "trce");
        wrong("there is no command `mna`, and no file of that name; did you mean `domin man`?", "mna");
        wrong(
                "there is no command `completions`, and no file of that name; did you mean `domin completion`?",
                "completions");
        wrong(
                "there is no command `tcpdump`, and no file of that name; did you mean `domin trace a.dom`?",
                "tcpdump",
                "a.dom");
        wrong("trace takes a script, such as domin trace echo.dom", "trace");
        wrong("completion takes one of bash, zsh and fish, such as domin completion bash", "completion", "csh");
        wrong("man takes no operand", "man", "x");
        wrong("unknown option --strct; did you mean --strict?", "check", "--strct");
    }

    @Test
    void shouldDocumentTheExitCodes() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "command.md"));
        for (var code : ExitCode.values()) {
            assertThat(page).contains("| " + code.code() + " | " + code.meaning() + " |\n");
        }
    }

    @Test
    void shouldDescribeCommands() {
        for (var args : new String[][] {{"check", "--help"}, {"-h", "check"}, {"help", "check"}}) {
            assertThat(run(args)).isZero();
            assertThat(out()).contains(args[0].equals("-h") ? "usage: domin [options]" : "usage: domin check FILE...");
        }
        assertThat(run("man")).isZero();
        assertThat(out()).startsWith(".\\\"").contains(".SH EXIT STATUS");
        assertThat(run("completion", "bash")).isZero();
        assertThat(out()).contains("complete -F _domin domin", "callbackudpserver");
    }

    @Test
    void shouldReadTheScriptFromTheStandardInput() {
        var before = System.in;
        try {
            input("plugin \"PrintPlugin\"; plugin \"builtin:os\"; printf(\"%s\\n\", os.Arg(0));");
            assertThat(run("--allow=print,os", "-", "--trace")).isZero();
            assertThat(out()).isEqualTo("--trace\n");
            input("i32 $x = \"\";");
            assertThat(run("-")).isEqualTo(ExitCode.REFUSED.code());
            assertThat(err()).startsWith("<stdin>:1:10: error: ");
            input("i32 $x = 1;");
            assertThat(run("check", "-")).isZero();
            assertThat(out()).isEqualTo("<stdin>: no errors, 1 warning\n");
            assertThat(err()).startsWith("<stdin>:1:5: warning: ");
        } finally {
            System.setIn(before);
        }
    }

    private static void input(String text) {
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldSuggestAFile() throws IOException {
        script("hello.dom");
        String word = folder.resolve("hello").toString();
        wrong("there is no file " + word + "; did you mean `domin " + word + ".dom A`?", word, "A");
        String missing = folder.resolve("none.dom").toString();
        wrong("cannot read " + missing + ": there is no such file or folder", missing);
        wrong("cannot read " + missing + ": there is no such file or folder", "check", missing);
    }

    @Test
    void shouldLimitScripts() throws IOException {
        String text = "string $s; $s = str.Repeat(\"x\", 300000);";
        assertThat(run("-e", text)).isZero();
        assertThat(run("--limit", "value=200K", "-e", text)).isEqualTo(ExitCode.SCRIPT_FAILED.code());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("-e:1:17: error: str.Repeat: the value would have 300000 bytes, and the limit is 204800")
                .contains("help: make it smaller, or in parts, or set a higher limit: domin --limit value=N");
        err.reset();
        assertThat(run("--limit=timers=0", "--limit", "value=1M", "--limit", "output=none", "-e", text))
                .isZero();
        assertThat(run("--limit", "duration=50", "-e", "while (1) {}")).isEqualTo(ExitCode.SCRIPT_FAILED.code());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("it ran for longer than its limit of 50 ms", "domin --limit duration=N");
        err.reset();
        String script = script("long.dom");
        Files.writeString(Path.of(script), "i32 $n = 1;\n".repeat(200));
        for (var command : new String[] {"check", "trace"}) {
            assertThat(run(command, "--limit", "source=2K", script)).isEqualTo(ExitCode.REFUSED.code());
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("long.dom:1:1: error: the script has 2400 characters, and the limit is 2048");
            err.reset();
        }
    }

    @Test
    void shouldExplainWrongLimits() {
        wrong("--limit: there is no limit `vlue`; did you mean `value`?", "--limit", "vlue=1", "x.dom");
        wrong(
                "--limit: there is no limit `x`; there are value, entries, handles, timers, open, output, source,"
                        + " compile, duration",
                "--limit",
                "x=1",
                "x.dom");
        wrong("--limit takes a name and a number, such as --limit value=128M, got `128M`", "--limit", "128M", "x.dom");
        for (var value :
                new String[] {"100", "", "-1", "3G", "1T", "99999999999999999999", "x", "١٢٣٤٥٦٧", "+131072"}) {
            wrong(
                    "--limit value takes 131072 to 2147483631, also with K, M or G, or none, got `" + value + "`",
                    "--limit",
                    "value=" + value,
                    "x.dom");
        }
        wrong("--limit timers takes 0 to 2147483647 or none, got `1K`", "--limit", "timers=1K", "x.dom");
        wrong("--limit duration takes milliseconds, such as 10000, got `1s`", "--limit", "duration=1s", "x.dom");
    }

    @Test
    void shouldRunWithAllowedPluginsOnly() throws IOException {
        String script = folder.resolve("m.dom").toString();
        Files.writeString(Path.of(script), "plugin \"MapPlugin\";\nmap.Create(\"m\", 1);\n");
        assertThat(run("--allow", "map", script)).isZero();
        assertThat(run("--allow", "map,map", script)).isZero();
        assertThat(run("check", "--allow", "print,map", script)).isZero();
        assertThat(run("--allow", "print,timer", script)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(":1:8: error: the plugin of `MapPlugin` is not allowed in this run")
                .contains("help: allowed: `print` and `timer`;");
        err.reset();
        assertThat(run("check", script, "--allow=print")).isEqualTo(ExitCode.REFUSED.code());
        err.reset();
        assertThat(run("--allow", "print", "-e", "map.Create(\"m\", 1);")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the plugin of `map` is not allowed in this run");
        err.reset();
        wrong("--allow: there is no plugin `prnt`; did you mean `print`?", "--allow", "prnt", script);
        wrong("--allow: there is no plugin `MapPlugn`; did you mean `MapPlugin`?", "--allow", "MapPlugn", script);
        wrong("--allow: there is no plugin `WebPlugin`; did you mean `web`?", "--allow", "WebPlugin", script);
        err.reset();
        assertThat(run("-e", "plugin \"WebPlugin\";")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(err()).contains("help: did you mean `../plugins/web_util/WebUtilPlugin`? ");
    }

    @Test
    void shouldAllowPluginsAsDirectivesNameThem() throws IOException {
        String script = folder.resolve("m.dom").toString();
        Files.writeString(Path.of(script), "plugin \"MapPlugin\";\nmap.Create(\"m\", os.ArgCount() + 1);\n");
        assertThat(run("--allow", "MapPlugin,builtin:os", script)).isZero();
        assertThat(run("--allow", "../plugins/map/MapPlugin,os", script)).isZero();
        assertThat(run("--allow", "PrintPlugin", script)).isEqualTo(ExitCode.REFUSED.code());
    }

    @Test
    void shouldCheckStatements() {
        assertThat(run("check", "-e", "printf(\"%d\", \"x\");")).isZero();
        assertThat(out()).isEqualTo("-e: no errors, 1 warning\n");
        assertThat(err()).startsWith("-e:1:1: warning: ");
        assertThat(run("check", "-e", "printf(\"%d\", \"x\");", "--strict")).isEqualTo(ExitCode.REFUSED.code());
        err.reset();
        assertThat(run("check", "-e", "f();", "-e", "i32 $_x = 1;")).isEqualTo(ExitCode.REFUSED.code());
        err.reset();
        wrong(
                "check takes files, or statements with -e, but not both; this is one more: a.dom",
                "check",
                "-e",
                "",
                "a.dom");
    }

    @Test
    void shouldSayThatACommandIsNoFile() {
        wrong("there is no file `check`; for the command write `domin check FILE...`", "--", "check");
        wrong("there is no file `help`; for the command write `domin help [TOPIC...]`", "trace", "help");
        wrong(folder + "/ is a folder; give a script in it, such as echo.dom", folder + "/");
    }

    @Test
    void shouldRefuseANameThatCouldNotBeDecoded() throws IOException {
        String reason = ": its name is not UTF-8, or the locale's coding is not, so another file could be meant; rename"
                + " it, or set LC_ALL=C.UTF-8";
        String bad = folder.resolve("a\uFFFD.dom").toString();
        Files.writeString(Path.of(bad), "printf(\"wrong file\");");
        wrong("cannot read " + bad + reason, bad);
        wrong("cannot read " + bad + reason, "check", bad);
        wrong("cannot read the folder of plugins \uFFFD" + reason, "--plugins", "\uFFFD", "x.dom");
        // the check itself succeeds, and prints so
        assertThat(run("check", "--emit", "\uFFFD.class", script("x.dom"))).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).isEqualTo("domin: cannot write \uFFFD.class" + reason + HINT);
        wrong("cannot write to \uFFFD" + reason, "help", "--markdown", "\uFFFD");
    }

    @Test
    void shouldDescribeCommandsTogetherWithOtherTopics() {
        assertThat(run("help", "check", "print")).isZero();
        assertThat(out()).contains("usage: domin check FILE...", "Formatted output");
        assertThat(run("help", "check", "extra")).isEqualTo(ExitCode.USAGE.code());
        assertThat(out()).startsWith("usage: domin check FILE...");
        assertThat(err()).isEqualTo("domin: there is no help on extra; domin help lists the plugins" + HINT);
    }

    @Test
    void shouldSayThatANameIsEmpty() {
        String sentence = "the name of the script is empty; perhaps a shell variable has no value";
        wrong(sentence, "");
        wrong(sentence, "--", "");
        wrong(sentence, "check", "");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no file can have such a name")
    void shouldEscapeNamesInItsSentences() throws IOException {
        String hostile = folder.resolve("a\u001b[31m\n\u202e").toString();
        String shown = folder.resolve("a") + "\\x1b[31m\\n\\xe2\\x80\\xae";
        wrong("cannot read " + shown + ": there is no such file or folder", "check", hostile);
        wrong("unknown option --\\x1b[31m", "--\u001b[31m");
        wrong("there is no help on \\x1b[31m; domin help lists the plugins", "help", "\u001b[31m");
        wrong(
                "cannot read the folder of plugins " + shown + ": there is no such file or folder",
                "--plugins",
                hostile,
                "a.dom");

        Files.writeString(Path.of(hostile), "i32 main() { return(0); }");
        assertThat(run("check", hostile)).isZero();
        assertThat(out()).isEqualTo(shown + ": no errors\n");

        Files.writeString(Path.of(hostile), "i32 main() { return(x\u001b[2J); }");
        assertThat(run("check", hostile)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(err()).startsWith(shown + ":1:22: error: ").doesNotContain("\u001b", "\u202e");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no file can have such a name")
    void shouldEscapeQuotedTextsOfARun() throws IOException {
        String hostile = folder.resolve("a\r.dom").toString();
        Files.writeString(Path.of(hostile), """
                plugin "../plugins/timer/TimerPlugin";
                plugin "../plugins/map/MapPlugin";
                plugin "builtin:os";
                callback i32 OnTick(ref blob $X) {
                    map.AddInt("ticks", "n", 1);
                    $X[$X.Length] = 1;
                    return(1);
                }
                i32 main() {
                    map.Create("ticks", 1);
                    map.PutInt("ticks", "n", 0);
                    if (os.ArgCount() > 0) timer.Schedule(os.Arg(0), 1);
                    timer.ScheduleRepeating("OnTick", 1, 1);
                    while (map.GetInt("ticks", "n") < 2) timer.SleepMs(1);
                    return(0);
                }
                """);
        assertThat(run(hostile, "\u001b]0;title\u0007\n")).isEqualTo(ExitCode.SCRIPT_FAILED.code());
        assertThat(err())
                .contains("timer.Schedule: ", "\\x1b]0;title\\x07\\n")
                .doesNotContain("\u001b", "\u0007", "\r");

        assertThat(run(hostile)).isEqualTo(ExitCode.SCRIPT_FAILED.code());
        assertThat(err()).contains("a\\r.dom:6:5: note: this failed ").doesNotContain("\r");
    }

    @Test
    void shouldWarnInCheckOnly() throws IOException {
        String script = folder.resolve("w.dom").toString();
        Files.writeString(Path.of(script), "i32 main() {\n    i32 $x = 1;\n    return(0);\n}\n");
        assertThat(run("check", script)).isZero();
        assertThat(out()).isEqualTo(script + ": no errors, 1 warning\n");
        assertThat(err()).isEqualTo(script + """
                :2:9: warning: `$x` is never read
                  2 |     i32 $x = 1;
                    |         ^^
                  help: remove it, or rename it to `$_x` to keep it
                """);
        for (var args : new String[][] {
            {"--strict", "check", script}, {"check", "--strict", script}, {"check", script, "--strict"}
        }) {
            assertThat(run(args)).isEqualTo(ExitCode.REFUSED.code());
            assertThat(err()).contains(":2:9: warning: ");
        }
        assertThat(run(script)).isZero();
        assertThat(err()).isEmpty();
        assertThat(run("check", "--strict", script("clean.dom"))).isZero();
    }

    @Test
    void shouldReportThePlaceOfInvalidUtf8() throws IOException {
        var file = Files.write(
                folder.resolve("latin1.dom"), "i32 main() {\n// gr\u00fcn\n}".getBytes(StandardCharsets.ISO_8859_1));
        for (var args : new String[][] {{file.toString()}, {"check", file.toString()}}) {
            assertThat(run(args)).isEqualTo(ExitCode.REFUSED.code());
            assertThat(err()).startsWith(file + ":2:6: error: the byte 0xFC (byte 19 of the file) is not UTF-8");
            assertThat(out()).isEmpty();
        }
    }

    private String script(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "i32 main() { return(0); }")
                .toString();
    }

    private void wrong(String sentence, String... args) {
        assertThat(run(args)).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).isEqualTo("domin: " + sentence + HINT);
        assertThat(out()).isEmpty();
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return new Cli(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false).run(args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

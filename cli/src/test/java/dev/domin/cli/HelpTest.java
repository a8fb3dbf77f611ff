package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of {@code help}. */
class HelpTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void shouldListThePlugins() {
        assertThat(run("help")).isEqualTo(ExitCode.OK.code());
        assertThat(out())
                .contains("usage: domin")
                .contains("  timer  (plugin \"../plugins/timer/TimerPlugin\";)\n      ")
                .contains("  builtin:blob  (plugin \"builtin:blob\";)\n")
                .contains("`domin help PLUGIN` lists the functions");
        assertThat(err()).isEmpty();
    }

    @Test
    void shouldListTheFunctionsOfAPlugin() {
        assertThat(run("help", "timer")).isEqualTo(ExitCode.OK.code());
        assertThat(out())
                .startsWith("timer\n\n")
                .contains("directive:\n  plugin \"../plugins/timer/TimerPlugin\";\n")
                .contains("\n  timer.Schedule(string callbackName, int delayMs) -> i64\n      ")
                .contains("`domin help timer.Function` describes one function.");
    }

    @Test
    void shouldDescribeBothPluginsThatShareANamespace() {
        assertThat(run("help", "blob")).isEqualTo(ExitCode.OK.code());
        assertThat(out()).contains("  blob.FromText(", "  blob.Overflow(", "plugin \"builtin:blob\";");
    }

    @Test
    void shouldFindAPluginByTheNameInItsDirective() {
        assertThat(run("help", "builtin:blob")).isEqualTo(ExitCode.OK.code());
        assertThat(out()).contains("  blob.Overflow(").doesNotContain("blob.FromText(");
        assertThat(run("help", "builtin:print")).isEqualTo(ExitCode.OK.code());
        assertThat(out()).contains("  printf(string format, values...) -> i64\n");
    }

    @Test
    void shouldDescribeAFunction() {
        assertThat(run("help", "callbackudpserver.Open")).isEqualTo(ExitCode.OK.code());
        assertThat(out())
                .startsWith("callbackudpserver.Open(string callbackName, int timeoutMs, int port = 0) -> i64\n\n")
                .contains(
                        "\nparameters:\n  callbackName  (string)\n      ",
                        "  port  (int (i32 or i64))\n",
                        "Default: `0`.")
                .contains("\nresult:\n  ", "\nerrors:\n  ")
                .contains("""

                        before the example:
                          plugin "../plugins/print/PrintPlugin";
                          plugin "../plugins/callback_udp_server/CallbackUdpServerPlugin";

                          callback i32 OnPacket(ref blob $X) { return(1); }

                        example:
                        """)
                .endsWith("\noutput:\n  1\n")
                .doesNotContain("beyond DominScript");
    }

    @Test
    void shouldFindAFunctionThatNeedsNoNamespaceByItsName() {
        run("help", "printf");
        String plain = out();
        run("help", "print.printf");
        assertThat(plain).startsWith("printf(").contains("\nalso called:\n  `PrintF`.\n");
        assertThat(out()).isEqualTo(plain);
        run("help", "PrintF");
        assertThat(out()).isEqualTo(plain);
    }

    @Test
    void shouldMarkWhatDominScriptDoesNotHave() {
        run("help", "blob.ToHex");
        assertThat(out()).contains("\nbeyond DominScript:\n  ");
        run("help", "blob");
        assertThat(out()).contains("blob.ToHex(blob blob) -> string  (beyond DominScript)\n");
    }

    @Test
    void shouldShowThatAFunctionChangesItsArgument() {
        run("help", "blob.SetInt");
        assertThat(out()).startsWith("blob.SetInt(ref blob blob, ").contains("  blob  (ref blob)\n");
    }

    @Test
    void shouldDescribeSeveralTopics() {
        assertThat(run("help", "timer.SleepMs", "str.Len")).isEqualTo(ExitCode.OK.code());
        assertThat(out()).startsWith("timer.SleepMs(int ms)").contains("\n\nstr.Len(string s) -> i64\n");
    }

    @Test
    void shouldSuggestTopics() {
        assertThat(run("help", "tiner")).isEqualTo(ExitCode.USAGE.code());
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("domin: there is no help on tiner; did you mean timer?");
        run("help", "timer.Slep");
        assertThat(err()).startsWith("domin: there is no help on timer.Slep; did you mean timer.SleepMs?");
        run("help", "SleepMs");
        assertThat(err()).startsWith("domin: there is no help on SleepMs; did you mean timer.SleepMs?");
        run("help", "timer.Zzzzzzzz");
        assertThat(err()).startsWith("domin: there is no help on timer.Zzzzzzzz; domin help timer lists its functions");
        run("help", "WebPlugin");
        assertThat(err()).startsWith("domin: there is no help on WebPlugin; did you mean web?");
        run("help", "zzzzzzzzzz");
        assertThat(err()).startsWith("domin: there is no help on zzzzzzzzzz; domin help lists the plugins");
    }

    @Test
    void shouldWriteTheSameAsMarkdown() throws IOException {
        var target = folder.resolve("new folder").resolve("reference");
        assertThat(run("help", "--markdown", target.toString())).isEqualTo(ExitCode.OK.code());
        assertThat(out()).endsWith(" pages written to " + target + "\n");
        assertThat(Files.readString(target.resolve("README.md")))
                .contains("| [`builtin:blob`](builtin-blob.md) | `plugin \"builtin:blob\";` | ");
        assertThat(Files.readString(target.resolve("timer.md")))
                .contains("# timer\n", "\n## timer.SleepMs\n\n```text\ntimer.SleepMs(int ms) -> void\n```\n")
                .contains("| [`timer.SleepMs(int ms) -> void`](#timersleepms) | ");
    }

    @Test
    void shouldWriteThePagesOfSomePlugins() {
        assertThat(run("help", "--markdown", folder.toString(), "blob")).isEqualTo(ExitCode.OK.code());
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("README.md", "blob.md", "builtin-blob.md");
    }

    @Test
    void shouldReportThatPagesCannotBeWritten() throws IOException {
        assertThat(run("help", "--markdown")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).startsWith("domin: --markdown takes a folder to write to");
        assertThat(run("help", "--markdown", folder.toString(), "timmer")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).startsWith("domin: there is no plugin timmer; did you mean timer?");
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("help", "--markdown", file.toString())).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).startsWith("domin: cannot write to " + file + ": it is not a folder");
        assertThat(run("help", "--markdown", "a\0b")).isEqualTo(ExitCode.USAGE.code());
        assertThat(err()).startsWith("domin: cannot write to a\\x00b: ");
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

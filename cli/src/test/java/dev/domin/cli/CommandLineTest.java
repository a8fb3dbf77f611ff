package dev.domin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.cli.CommandLine.Action;
import dev.domin.cli.usage.Option;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    @Test
    void shouldPassArgumentsAfterTheFileToTheScript() {
        var line = CommandLine.parse("--fail-fast", "a.dom", "--plugins", "check", "--", "-e");
        assertThat(line.action()).isEqualTo(Action.RUN);
        assertThat(line.operands()).containsExactly("a.dom", "--plugins", "check", "--", "-e");
        assertThat(line.has(Option.FAIL_FAST)).isTrue();
        assertThat(line.pluginFolders()).isEmpty();
    }

    @Test
    void shouldTakeOptionsBeforeAndAfterTheCommand() {
        for (var args : new String[][] {
            {"--plugins", "p", "--emit", "A.class", "check", "a.dom"},
            {"check", "--plugins", "p", "--emit", "A.class", "a.dom"},
            {"check", "a.dom", "--emit=A.class", "--plugins=p"},
            {"--emit=A.class", "check", "--plugins=p", "--", "a.dom"}
        }) {
            var line = CommandLine.parse(args);
            assertThat(line.action()).isEqualTo(Action.CHECK);
            assertThat(line.operands()).containsExactly("a.dom");
            assertThat(line.pluginFolders()).containsExactly("p");
            assertThat(line.emit()).isEqualTo("A.class");
        }
        var line = CommandLine.parse("help", "ntp", "--plugins", "p", "--markdown", "dir", "--plugins=q=r");
        assertThat(line.action()).isEqualTo(Action.HELP);
        assertThat(line.operands()).containsExactly("ntp");
        assertThat(line.pluginFolders()).containsExactly("p", "q=r");
        assertThat(line.markdown()).isEqualTo("dir");
    }

    @Test
    void shouldTakeTheNamesOfAllowedPlugins() {
        for (var args : new String[][] {
            {"--allow", "print,timer", "a.dom"},
            {"--allow=print,timer", "-e", "1;"},
            {"check", "--allow=print", "--allow", " timer ", "a.dom"}
        }) {
            assertThat(CommandLine.parse(args).allowedPlugins()).containsExactly("print", "timer");
        }
        assertThat(CommandLine.parse("a.dom", "--allow", "print").allowedPlugins())
                .isEmpty();
        assertThat(CommandLine.parse("--allow", "print,,timer", "a.dom").complaint())
                .isEqualTo("--allow takes names with commas between them, and got an empty one in `print,,timer`");
        assertThat(CommandLine.parse("--allow").complaint())
                .isEqualTo("--allow takes the names of plugins, such as --allow print,timer");
        assertThat(CommandLine.parse("help", "--allow", "print").complaint())
                .isEqualTo("--allow can only be used to run or check scripts");
    }

    @Test
    void shouldTraceByCommandAndByOption() {
        for (var args : new String[][] {
            {"trace", "a.dom", "--allow"},
            {"--trace", "a.dom", "--allow"},
            {"trace", "--trace", "--", "a.dom", "--allow"}
        }) {
            var line = CommandLine.parse(args);
            assertThat(line.action()).isEqualTo(Action.RUN);
            assertThat(line.traces()).isTrue();
            assertThat(line.operands()).containsExactly("a.dom", "--allow");
        }
        var line = CommandLine.parse("--allow=print", "trace", "--fail-fast", "check", "x");
        assertThat(line.operands()).containsExactly("check", "x"); // after trace, every word is a file
        assertThat(line.has(Option.FAIL_FAST)).isTrue();
        assertThat(line.allowedPlugins()).containsExactly("print");
        assertThat(CommandLine.parse("trace", "-e", "1;").action()).isEqualTo(Action.STATEMENTS);
        assertThat(CommandLine.parse("a.dom", "--trace").traces()).isFalse();
        complains("--trace can only be used to run scripts", "check", "--trace", "a.dom");
        complains("--strict can only be used with check: domin check --strict FILE.dom", "--strict", "a.dom");
        complains("--strict can only be used with check: domin check --strict FILE.dom", "trace", "--strict", "a.dom");
    }

    @Test
    void shouldReadTheStandardInput() {
        assertThat(CommandLine.parse("--fail-fast", "-", "a").operands()).containsExactly("-", "a");
        assertThat(CommandLine.parse("check", "-").operands()).containsExactly("-");
    }

    @Test
    void shouldTakeStatements() {
        var line = CommandLine.parse("--plugins=p", "-e", "printf(\"x\");", "--", "--fail-fast");
        assertThat(line.action()).isEqualTo(Action.STATEMENTS);
        assertThat(line.operands()).containsExactly("printf(\"x\");", "--fail-fast");
        assertThat(line.has(Option.FAIL_FAST)).isFalse();
        var check = CommandLine.parse("check", "-e", "f();", "--strict", "-e", "g();");
        assertThat(check.action()).isEqualTo(Action.CHECK);
        assertThat(check.has(Option.STRICT)).isTrue();
        assertThat(check.statements()).containsExactly("f();", "g();");
    }

    @Test
    void shouldEndTheOptionsAtTwoDashes() {
        assertThat(CommandLine.parse("--", "check").action()).isEqualTo(Action.RUN);
        assertThat(CommandLine.parse("--", "-x.dom", "--").operands()).containsExactly("-x.dom", "--");
        assertThat(CommandLine.parse("check", "--", "-x.dom", "--fail-fast").operands())
                .containsExactly("-x.dom", "--fail-fast");
    }

    @Test
    void shouldRecognizeVersionAndUsage() {
        assertThat(CommandLine.parse().action()).isEqualTo(Action.NOTHING);
        assertThat(CommandLine.parse("--fail-fast").action()).isEqualTo(Action.NOTHING);
        assertThat(CommandLine.parse("--version", "--nonsense").action()).isEqualTo(Action.VERSION);
        assertThat(CommandLine.parse("check", "-h").action()).isEqualTo(Action.USAGE);
    }

    @Test
    void shouldRejectUnknownOptions() {
        complains("unknown option --plugin; did you mean --plugins?", "--plugin", "p");
        complains("unknown option --fail-fst; did you mean --fail-fast?", "check", "a.dom", "--fail-fst");
        complains("unknown option -v; did you mean --version?", "-v");
        complains("unknown option --zzzzzzzz", "--zzzzzzzz=1");
        complains("--plugins takes a folder", "--plugins");
        complains("--plugins takes a folder, and got an empty name", "--plugins=", "a.dom");
        complains("--plugins takes a folder, and got an empty name", "--plugins", "", "a.dom");
        complains("--fail-fast takes no value", "--fail-fast=1", "a.dom");
        complains("-e takes statements, such as domin -e 'printf(\"hello\\n\");'", "-e");
        complains("-e runs statements, so it cannot be combined with help", "help", "-e", "x");
        complains("--fail-fast can only be used to run scripts", "check", "--fail-fast", "a.dom");
        complains("--fail-fast can only be used to run scripts", "--fail-fast", "man");
        complains("--version takes no operand, and got extra", "--version", "extra");
        complains("--version takes no operand, and got a.dom", "check", "a.dom", "--version");
        complains(
                "put --allow before -e: what follows the statements are the script's arguments; write -- before an"
                        + " argument that looks like an option",
                "-e",
                "x",
                "--allow",
                "print");
        complains(
                "--emit can only be used with check: domin check --emit OUT.class FILE.dom",
                "--emit",
                "A.class",
                "a.dom");
        complains(
                "--emit can only be used with check: domin check --emit OUT.class FILE.dom", "help", "--emit=A.class");
        complains(
                "--markdown can only be used with help: domin help --markdown DIR",
                "check",
                "a.dom",
                "--markdown",
                "d");
    }

    @Test
    void shouldTakeAValueThatMayBeLeftOutAfterAnEqualsSignOnly() {
        var line = CommandLine.parse("--journal", "--journal=a.jsonl", "--record", "r.pcapng", "a.dom", "--journal=b");
        assertThat(line.options().get(Option.JOURNAL)).containsExactly("", "a.jsonl");
        assertThat(line.options().get(Option.RECORD)).containsExactly("r.pcapng");
        assertThat(line.operands()).containsExactly("a.dom", "--journal=b");
        assertThat(line.observes()).isTrue();
        assertThat(CommandLine.parse("--fail-fast", "a.dom").observes()).isFalse();
        complains(
                "--journal takes a file to write to, such as run.jsonl, and got an empty name", "--journal=", "a.dom");
        complains("--journal can only be used to run scripts, and with echo, proxy", "check", "--journal", "a.dom");
    }

    @Test
    void shouldTellOptionsOfOneNameApartByTheCommand() {
        var send = CommandLine.parse("send", "9", "--hex", "0a");
        assertThat(send.action()).isEqualTo(Action.TOOL);
        assertThat(send.operands()).containsExactly("9");
        assertThat(send.options().get(Option.SEND_HEX)).containsExactly("0a");
        assertThat(CommandLine.parse("dump", "--hex", "x").operands()).containsExactly("x");
        assertThat(CommandLine.parse("--hex", "dump").options()).containsKey(Option.DUMP_HEX);
        complains("--hex can only be used with dump, send, after the name of the command", "--hex", "0a", "send", "9");
        complains(
                "--port can only be used with echo, dump, replay, after the name of the command", "--port=9", "a.dom");
    }

    private static void complains(String sentence, String... args) {
        var line = CommandLine.parse(args);
        assertThat(line.action()).isEqualTo(Action.WRONG);
        assertThat(line.complaint()).isEqualTo(sentence);
    }
}

package dev.domin.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion scripts, read by their shells. */
class CompletionTest {

    private static final List<String> PLUGINS = List.of("print", "str", "timer");
    private static final List<String> FUNCTIONS =
            List.of("print.printf", "timer.Cancel", "timer.Schedule", "timer.SleepMs");

    @TempDir
    Path folder;

    private Path work;

    @BeforeEach
    void createFiles() throws Exception {
        work = Files.createDirectories(folder.resolve("work"));
        Files.createFile(work.resolve("a.dom"));
        Files.createFile(work.resolve("b c.dom"));
        Files.createFile(work.resolve("notes.txt"));
        Files.createFile(work.resolve("A.class"));
        Files.createDirectory(work.resolve("sub"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "che| check",
                "''| check,trace,echo,dump,send,proxy,replay,stat,help,completion,man,a.dom,b c.dom,sub",
                "ec| echo",
                "--rec| --record",
                "--record n| notes.txt",
                "--record notes.txt a| a.dom",
                "--faults loss=5% a| a.dom",
                "--journal a| a.dom",
                "--journal=n| --journal=notes.txt",
                "--journal = x.jsonl a| a.dom",
                "echo --fa| --faults",
                "send --ex| --expect,--expect-hex",
                "send 9 --file n| notes.txt",
                "dump --h| --help,--hex",
                "replay --as| --as-server",
                "proxy --por| -",
                "stat s| sub",
                "a| a.dom",
                "--st| -",
                "--tr| --trace",
                "check --st| --strict",
                "trace --st| -",
                "check --al| --allow",
                "check ''| a.dom,b c.dom,sub",
                "check a.dom b| b c.dom",
                "trace a| a.dom",
                "--fail-fast trace a| a.dom",
                "--plugins ''| sub",
                "--plugins = ''| sub",
                "check --plugins=s| --plugins=sub",
                "--allow pr| print",
                "--allow = print+ti| print+timer",
                "--allow print+s a| a.dom",
                "check --emit A| A.class",
                "help st| str,stat",
                "help tr| trace",
                "help print.| print.printf",
                "help timer.S| timer.Schedule,timer.SleepMs",
                "completion ''| bash,zsh,fish",
                "man ''| -",
                "trace a.dom --st| -",
                "a.dom che| -",
            })
    void shouldCompleteInBash(String words, String expected) throws Exception {
        ShellProcess.assumeInstalled("bash");
        var script = write("bash");
        var command = new ArrayList<>(List.of(
                "bash",
                "--norc",
                "-c",
                "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _domin; "
                        + "((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                script.toString(),
                "domin"));
        for (String word : words.split(" ")) {
            command.add(word.equals("''") ? "" : word.replace('+', ','));
        }
        assertThat(ShellProcess.run(work, command).lines())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(expected.split(","))
                        .filter(each -> !each.equals("-"))
                        .map(each -> each.replace('+', ','))
                        .toList());
    }

    @Test
    void shouldBeReadByBash() throws Exception {
        ShellProcess.assumeInstalled("bash");
        ShellProcess.run(work, List.of("bash", "-n", write("bash").toString()));
    }

    @Test
    void shouldBeReadByZsh() throws Exception {
        ShellProcess.assumeInstalled("zsh");
        var script = write("zsh").toString();
        ShellProcess.run(work, List.of("zsh", "-n", script));
        var defined = "autoload -U compinit; compinit -D -u; source " + script + "; print -r -- $_comps[domin]";
        assertThat(ShellProcess.run(work, List.of("zsh", "-f", "-c", defined))).isEqualTo("_domin\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "domin che| check",
                "domin check --st| --strict",
                "domin --allow print+ti| print+timer",
                "domin help st| str",
                "domin echo --fa| --faults",
                "domin send 9 --expect-| --expect-hex",
                "domin replay s| sub/",
                "domin completion z| zsh",
                "domin check a| a.dom",
                "domin check --plugins s| sub/",
            })
    void shouldCompleteInFish(String line, String expected) throws Exception {
        ShellProcess.assumeInstalled("fish");
        var script = write("fish").toString();
        ShellProcess.run(work, List.of("fish", "--no-config", "-n", script));
        var replies = ShellProcess.run(
                work,
                List.of(
                        "fish",
                        "--no-config",
                        "-c",
                        "source " + script + "; complete -C '" + line.replace('+', ',') + "'"));
        assertThat(replies.lines().map(each -> each.split("\t", 2)[0])).contains(expected.replace('+', ','));
    }

    @Test
    void shouldKnowThreeShells() {
        for (String shell : Completion.SHELLS) {
            assertThat(Completion.write(shell, PLUGINS, FUNCTIONS)).isNotEmpty();
        }
        assertThat(Completion.write("csh", PLUGINS, FUNCTIONS)).isNull();
    }

    private Path write(String shell) throws Exception {
        return Files.writeString(folder.resolve("domin." + shell), Completion.write(shell, PLUGINS, FUNCTIONS));
    }
}

package dev.domin.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The texts that are made of the catalogue of commands and options. */
class UsageTest {

    private static final Map<Integer, String> EXITS = Map.of(2, "Wrong use.");

    @TempDir
    Path folder;

    @Test
    void shouldRecognizeTheNamesOfCommands() {
        for (var command : Command.values()) {
            if (command != Command.RUN) {
                assertThat(Command.isName(command.word())).as(command.word()).isTrue();
                assertThat(Command.of(command.word())).isSameAs(command);
            }
        }
        assertThat(Command.isName("")).isFalse();
        assertThat(Command.isName("chek")).isFalse();
    }

    @Test
    void shouldNameEveryCommandAndOptionEverywhere() {
        var man = ManPage.write("domin 1", EXITS).replace("\\-", "-");
        for (var command : Command.values()) {
            assertThat(UsageText.all()).contains(UsageText.synopsis(command), command.summary());
            assertThat(man).contains(UsageText.synopsis(command), command.text().substring(0, 20));
        }
        for (var option : Option.values()) {
            if (!option.isForToolsOnly()) {
                assertThat(UsageText.all()).contains("  " + option.synopsis());
            }
            assertThat(man).contains(".B " + option.synopsis());
            for (var command : Command.values()) {
                if (option.isFor(command)) {
                    assertThat(UsageText.of(command)).contains("  " + option.synopsis());
                }
            }
            for (String shell : Completion.SHELLS) {
                String name = shell.equals("fish") ? option.word().replaceFirst("^-+", "") : option.word();
                assertThat(Completion.write(shell, List.of(), List.of())).contains(name);
            }
        }
        for (String shell : Completion.SHELLS) {
            for (var command : Command.values()) {
                assertThat(Completion.write(shell, List.of(), List.of())).contains(command.word());
            }
        }
    }

    @Test
    void shouldBeInTheDocumentation() throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "command.md")))
                .contains("```text\n" + UsageText.all() + "```\n");
    }

    @Test
    void shouldFitOnATerminal() {
        for (var command : Command.values()) {
            assertThat(UsageText.of(command).lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        }
    }

    @Test
    void shouldBeAPageThatManRenders() throws Exception {
        ShellProcess.assumeInstalled("groff");
        var page = Files.writeString(folder.resolve("domin.1"), ManPage.write("domin 1", EXITS));
        var rendered = ShellProcess.run(
                folder, List.of("groff", "-man", "-Tascii", "-ww", "-P-c", "-P-b", "-P-u", page.toString()));
        assertThat(rendered)
                .contains(
                        "domin - run DominScript", "domin check FILE...", "--plugins DIR", "EXIT STATUS", "Wrong use.")
                .doesNotContain("\\");
    }
}

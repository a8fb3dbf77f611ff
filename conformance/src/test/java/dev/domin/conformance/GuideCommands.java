package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the commands of the guide for plugin authors in a shell. The last one is a server. */
final class GuideCommands {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private GuideCommands() {}

    /** {@return the lines of the page's {@code sh} blocks; the first block installs domin} */
    static List<List<String>> blocks() throws IOException {
        var blocks = new ArrayList<List<String>>();
        boolean inside = false;
        for (var line : Files.readAllLines(Project.file("docs/writing-a-plugin.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
                if (inside) {
                    blocks.add(new ArrayList<>());
                }
            } else if (inside) {
                blocks.getLast().add(line);
            }
        }
        return blocks;
    }

    /**
     * Runs all commands but those that install domin, until the server listens.
     *
     * @param installation where they run
     * @return the commands, which the caller closes
     */
    static ShellCommand start(Installation installation) throws IOException {
        var blocks = blocks();
        var commands = blocks.subList(1, blocks.size()).stream()
                .map(block -> String.join("\n", block))
                .toList();
        var running = ShellCommand.start(installation.home(), Installation.javaHome(), String.join("\n", commands));
        await().atMost(PATIENCE)
                .until(() -> !running.isAlive() || running.out().text().contains("listening on "));
        assertThat(running.isAlive()).as(running::output).isTrue();
        return running;
    }
}

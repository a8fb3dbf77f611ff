package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each step of the tutorial does what the page says. */
@Timeout(300)
class TutorialTest {

    private static final String PAGE = "docs/tutorial.md";
    private static final Pattern BLOCK = Pattern.compile("```(dom|sh)\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    /** Runs the commands with the script before them: a new script, or a command that runs it, starts it anew. */
    @Test
    void shouldRunTheCommands() throws IOException {
        var script = folder.resolve("kettle.dom");
        var blocks = BLOCK.matcher(Files.readString(Project.file(PAGE)));
        int sent = 0;
        DominProcess server = null;
        try {
            while (blocks.find()) {
                if (blocks.group(1).equals("dom")) {
                    Files.writeString(script, blocks.group(2));
                    server = restart(server, List.of(), script);
                    continue;
                }
                for (var line : blocks.group(2).lines().toList()) {
                    var words = words(line);
                    if (words.get(1).equals("send")) {
                        send(server.out().awaitPort(), words, line);
                        sent++;
                    } else {
                        server = restart(server, words.subList(1, words.size() - 1), script);
                    }
                }
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
        assertThat(sent).isGreaterThan(9);
    }

    private static DominProcess restart(DominProcess before, List<String> options, Path script) {
        if (before != null) {
            before.close();
        }
        var arguments = new ArrayList<>(options);
        arguments.add(script.toString());
        return DominProcess.start(arguments.toArray(new String[0]));
    }

    private static void send(int port, List<String> words, String line) throws IOException {
        var arguments = words.subList(1, words.size()).stream()
                .map(word -> word.replace("PORT", String.valueOf(port)))
                .map(word -> word.equals("CLIENT") ? String.valueOf(clientPort(port)) : word)
                .toArray(String[]::new);
        try (var client = DominProcess.start(arguments)) {
            assertThat(client.await()).as("%s: %s", line, client.err().text()).isZero();
        }
    }

    /** {@return a port that is the same for one server, and is hardly used by anything else} */
    private static int clientPort(int serverPort) {
        return serverPort > 40_000 ? serverPort - 20_000 : serverPort + 20_000;
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> shouldRunTheTest() throws Exception {
        var scripts = Documentation.blocksOf(Project.file(PAGE));
        var script = Files.writeString(
                folder.resolve("kettle.dom"), scripts.getLast().text());
        var copy = Files.writeString(
                folder.resolve("page.md"),
                Files.readString(Project.file(PAGE)).replace("\"kettle.dom\"", "\"" + script + "\""));
        var page = JavaPage.read(copy.toString());
        assertThat(page.tests()).hasSize(2);
        var sources = Files.createDirectory(folder.resolve("none"));
        var results = page.run(folder, sources);
        return page.tests().stream()
                .map(test -> DynamicTest.dynamicTest(test, () -> page.check(test, results.get(test))));
    }
}

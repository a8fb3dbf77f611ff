package dev.domin.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A script and what its comments expect of it.
 *
 * @param path where it is
 * @param name its path below the folder of all scripts
 * @param lines its lines
 * @param expectations what is expected, in the order of the comments
 */
record ConformanceScript(Path path, String name, List<String> lines, List<Expectation> expectations) {

    /** The folder of all scripts; one folder a subject below it. */
    static final Path ROOT = Project.file("conformance/src/test/resources/conformance");

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** {@return all scripts, in the order of their names} */
    static List<ConformanceScript> all() {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".dom"))
                    .sorted()
                    .map(ConformanceScript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a script.
     *
     * @param path where it is
     * @return the script
     */
    static ConformanceScript read(Path path) {
        var name = ROOT.relativize(path).toString().replace('\\', '/');
        try {
            var lines = Files.readAllLines(path);
            var expectations = new ArrayList<Expectation>();
            for (int i = 0; i < lines.size(); i++) {
                Expectation.of(lines.get(i), i + 1).ifPresent(expectations::add);
            }
            return new ConformanceScript(path, name, lines, expectations);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Picks expectations.
     *
     * @param kind of which kind
     * @return them, in order
     */
    List<Expectation> expectations(Expectation.Kind kind) {
        return expectations.stream().filter(each -> each.kind() == kind).toList();
    }

    /** {@return what the client does, in order; empty where there is none} */
    List<Expectation> clientSteps() {
        return expectations.stream().filter(each -> each.kind().isClientStep()).toList();
    }

    /** {@return the arguments to start the script with} */
    List<String> arguments() {
        var arguments = new ArrayList<String>();
        for (var expectation : expectations(Expectation.Kind.ARGUMENTS)) {
            var matcher = ARGUMENT.matcher(expectation.text());
            while (matcher.find()) {
                arguments.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
            }
        }
        return arguments;
    }

    /** {@return the exit code that is expected, said or implied} */
    int exitCode() {
        var said = expectations(Expectation.Kind.EXIT);
        if (!said.isEmpty()) {
            return Integer.parseInt(said.getFirst().text());
        }
        if (!expectations(Expectation.Kind.ERROR).isEmpty()) {
            return Outcome.REFUSED;
        }
        return expectations(Expectation.Kind.RUNTIME_ERROR).isEmpty() ? 0 : Outcome.FAILED;
    }
}

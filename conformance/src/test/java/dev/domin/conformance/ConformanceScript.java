package dev.domin.conformance;

import dev.domin.runtime.Plugins;
import dev.domin.spi.descriptor.PluginCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A script and the expectations in its comments.
 *
 * @param path its file
 * @param name its path below the folder of all scripts
 * @param lines its lines
 * @param expectations the expectations, in the order of the comments
 */
record ConformanceScript(Path path, String name, List<String> lines, List<Expectation> expectations) {

    /** The folder of all scripts, with one folder for each subject. */
    static final Path ROOT = Project.file("conformance/src/test/resources/conformance");

    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** {@return all scripts, ordered by name} */
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
     * @param path its file
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
     * Returns the expectations of a kind.
     *
     * @param kind the kind
     * @return the expectations, in order
     */
    List<Expectation> expectations(Expectation.Kind kind) {
        return expectations.stream().filter(each -> each.kind() == kind).toList();
    }

    /** {@return the steps of the client, in order; empty if there is no client} */
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

    /** {@return the plugins that it may name} */
    PluginCatalog plugins() {
        var allowed = expectations(Expectation.Kind.ALLOW);
        var all = Plugins.installed();
        return allowed.isEmpty()
                ? all
                : Plugins.only(all, allowed.getFirst().text().split(" "));
    }

    /** {@return whether the script is checked for warnings, and not run} */
    boolean isCheckedOnly() {
        return expectations.stream()
                .anyMatch(
                        each -> each.kind() == Expectation.Kind.WARNING || each.kind() == Expectation.Kind.NO_WARNINGS);
    }

    /** {@return what the script reads} */
    String input() {
        var input = new StringBuilder();
        for (var line : expectations(Expectation.Kind.INPUT)) {
            input.append(line.text()).append('\n');
        }
        return input.toString();
    }

    /** {@return the expected exit code, given or implied} */
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

package dev.domin.bench.table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkout of domin.
 *
 * @param label its name in the tables
 * @param root its folder
 */
record Build(String label, Path root) {

    /** Changes in these folders do not change what is measured. */
    private static final String[] NOT_BUILT = {":!bench", ":!docs", ":!conformance", ":!examples", ":!*.md"};

    /** {@return the checkout in this folder} */
    static Build of(String label, Path root) {
        if (!Files.isExecutable(root.resolve("domin"))) {
            throw new BenchException(root + " is not a checkout of domin: it has no program `domin`");
        }
        return new Build(label, root);
    }

    /** {@return the command that runs domin with these arguments, by the usual launcher} */
    List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(root.resolve("domin").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Builds what is not built yet, creates the start-up cache, and warns of changes that may not be built. */
    void prepare(Path hello) {
        Commands.run(command(hello.toString()));
        if (hasUncommittedChanges()) {
            System.err.println(
                    "bench/run: " + root + " has changes that are not committed. `./domin` does not build them;"
                            + " `./mvnw -Dfast -DskipTests -pl cli -am package` does");
        }
    }

    /** {@return the commit, with a mark if there are uncommitted changes} */
    String version() {
        var commit = Commands.tryRun(List.of("git", "-C", root.toString(), "rev-parse", "--short", "HEAD"));
        if (commit.code() != 0) {
            return "unknown commit";
        }
        return commit.text().strip() + (hasUncommittedChanges() ? " with changes" : "");
    }

    /** {@return whether there are uncommitted changes to what the launcher builds} */
    private boolean hasUncommittedChanges() {
        var changes = Commands.tryRun(
                Commands.join(List.of("git", "-C", root.toString(), "status", "--porcelain", "--", "."), NOT_BUILT));
        return changes.code() == 0 && !changes.text().isBlank();
    }
}

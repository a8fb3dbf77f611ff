package dev.domin.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.conformance.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The short form of fuzzing: each target with its seeds, with the inputs that the long form has found, and with changed
 * ones. {@code -Dfuzz.rounds=N} and {@code -Dfuzz.seed=N} for more.
 */
@Timeout(180)
class FuzzTargetsTest {

    private static final long SEED = Long.getLong("fuzz.seed", 1);

    @ParameterizedTest
    @EnumSource
    void shouldHandleWhatWasFoundBefore(FuzzTargets name) throws Throwable {
        try (var target = name.make()) {
            var seeds = target.seeds();
            for (int i = 0; i < seeds.size(); i++) {
                run(target, seeds.get(i), "seed " + i + " of " + name);
            }
            for (var file : kept(name)) {
                run(target, Files.readAllBytes(file), file.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandleAnything(FuzzTargets name) throws Throwable {
        var target = name.make();
        try (target) {
            tryMutations(name, target);
        }
    }

    private static void tryMutations(FuzzTargets name, FuzzTarget target) throws IOException {
        var seeds = new ArrayList<>(target.seeds());
        for (var file : kept(name)) {
            seeds.add(Files.readAllBytes(file));
        }
        assertThat(seeds).isNotEmpty();
        var mutations = new Mutations(seeds, target.dictionary());
        int rounds = Integer.getInteger("fuzz.rounds", target.rounds());
        for (long round = SEED; round < SEED + rounds; round++) {
            run(target, mutations.make(round), "-Dfuzz.rounds=1 -Dfuzz.seed=" + round);
        }
    }

    private static void run(FuzzTarget target, byte[] data, String repeat) {
        try {
            target.run(data);
        } catch (Throwable e) {
            throw new AssertionError("to repeat: " + repeat + ": " + e, e);
        }
    }

    private static List<Path> kept(FuzzTargets name) throws IOException {
        var files = new ArrayList<Path>();
        for (var kind : List.of("corpus", "findings")) {
            var folder = Project.file("fuzz/src/test/resources/" + kind + "/" + name.folder());
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.list(folder)) {
                    all.sorted().forEach(files::add);
                }
            }
        }
        return files;
    }
}

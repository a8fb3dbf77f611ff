package dev.domin.conformance;

import dev.domin.conformance.Expectation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the results of a script to its comments. */
final class Rewriting {

    private Rewriting() {}

    /**
     * Rewrites a script. The places of comments, and {@code <auto>} that still matches, are kept. New results get a
     * comment at the end, and comments without a result are removed.
     *
     * @param script the script
     * @param outcome its results
     * @return its new lines
     */
    static List<String> rewrite(ConformanceScript script, Outcome outcome) {
        var replacements = new HashMap<Integer, String>();
        var additions = new ArrayList<String>();
        rewriteOutput(script, outcome, replacements, additions);
        rewriteProblems(script, outcome, replacements, additions);
        for (var help : script.expectations(Kind.HELP)) {
            if (outcome.problems().stream().noneMatch(each -> each.help().equals(help.text()))) {
                var first = outcome.problems().stream()
                        .filter(each -> !each.help().isEmpty())
                        .findFirst();
                replacements.put(
                        help.commentLine(),
                        first.isPresent() ? "// expect help: " + first.get().help() : "");
            }
        }
        for (var exit : script.expectations(Kind.EXIT)) {
            replacements.put(exit.commentLine(), "// expect exit: " + outcome.exitCode());
        }
        var lines = new ArrayList<String>();
        for (int i = 0; i < script.lines().size(); i++) {
            var line = script.lines().get(i);
            var replacement = replacements.get(i + 1);
            if (replacement == null) {
                lines.add(line);
                continue;
            }
            var code = line.substring(0, commentStart(line));
            var changed = (code + replacement).stripTrailing();
            if (!changed.isBlank()) {
                lines.add(changed);
            }
        }
        lines.addAll(additions);
        return lines;
    }

    private static int commentStart(String line) {
        int start = line.lastIndexOf("// expect");
        return start < 0 ? line.length() : start;
    }

    private static void rewriteOutput(
            ConformanceScript script, Outcome outcome, Map<Integer, String> replacements, List<String> additions) {
        if (!script.expectations(Kind.LOOSE_OUTPUT).isEmpty()) {
            return;
        }
        var expected = script.expectations(Kind.OUTPUT);
        var actual = outcome.outputLines();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            if (i >= actual.size()) {
                replacements.put(expected.get(i).commentLine(), "");
            } else if (i >= expected.size()) {
                additions.add("// expect: " + actual.get(i));
            } else if (!expected.get(i).matches(actual.get(i))) {
                replacements.put(expected.get(i).commentLine(), "// expect: " + actual.get(i));
            }
        }
    }

    private static void rewriteProblems(
            ConformanceScript script, Outcome outcome, Map<Integer, String> replacements, List<String> additions) {
        var expected = new ArrayList<>(script.expectations().stream()
                .filter(each -> each.kind().isError())
                .toList());
        for (var problem : outcome.problems()) {
            var place = expected.stream()
                    .filter(each -> each.kind() == problem.kind() && each.line() == problem.line())
                    .findFirst();
            if (place.isEmpty()) {
                addProblem(script, problem, replacements, additions);
                continue;
            }
            var old = place.get();
            expected.remove(old);
            if (!old.matches(problem.message()) || old.column() != 0 && old.column() != problem.column()) {
                replacements.put(
                        old.commentLine(),
                        new Expectation(
                                        old.kind(),
                                        old.commentLine(),
                                        old.line(),
                                        old.column() == 0 ? 0 : problem.column(),
                                        problem.message())
                                .comment());
            }
        }
        for (var old : expected) {
            replacements.put(old.commentLine(), "");
        }
    }

    private static void addProblem(
            ConformanceScript script,
            Outcome.Problem problem,
            Map<Integer, String> replacements,
            List<String> additions) {
        var words = "// " + problem.kind().words();
        if (script.lines().get(problem.line() - 1).contains("//") || replacements.containsKey(problem.line())) {
            additions.add(words + " on line " + problem.line() + ": " + problem.message());
        } else {
            replacements.put(problem.line(), " " + words + ": " + problem.message());
        }
    }
}

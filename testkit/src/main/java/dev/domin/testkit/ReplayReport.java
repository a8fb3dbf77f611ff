package dev.domin.testkit;

import java.util.List;

/**
 * How the answers to a replay compare with the recorded ones. Answers are compared client by client, in their order;
 * as many as possible are counted as the same, so that one that is lost is one difference.
 *
 * @param sent how many requests were sent
 * @param same how many answers were as recorded
 * @param differences what is missing, not recorded or different, in words
 */
public record ReplayReport(int sent, int same, List<String> differences) {

    /** Copies the differences. */
    public ReplayReport {
        differences = List.copyOf(differences);
    }

    /**
     * Checks that all answers are as recorded.
     *
     * @return this report
     * @throws AssertionError with the differences
     */
    public ReplayReport throwIfDifferent() {
        if (!differences.isEmpty()) {
            throw new AssertionError(this);
        }
        return this;
    }

    @Override
    public String toString() {
        return sent + " requests sent, " + same + " answers as recorded, " + differences.size() + " different"
                + String.join("", differences.stream().map(each -> "\n" + each).toList());
    }
}

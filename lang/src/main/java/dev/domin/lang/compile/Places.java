package dev.domin.lang.compile;

import dev.domin.lang.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns the numbers that the debug table uses instead of lines. A class file can have 65,536 of them: when most are
 * in use, the rest are assigned to whole statements, and after that the last one is used again, so that no script is
 * too long to have places.
 */
final class Places {

    private static final int LIMIT = 65_536;

    private final int fineLimit;
    private final int limit;
    private final List<Span> spans = new ArrayList<>();
    private Span statement = new Span(0, 0);
    private int statementNumber;

    Places() {
        this(LIMIT / 8 * 7, LIMIT);
    }

    Places(int fineLimit, int limit) {
        this.fineLimit = fineLimit;
        this.limit = limit;
    }

    /** Sets the statement to which the next numbers belong. */
    void enter(Span newStatement) {
        statement = newStatement;
        statementNumber = -1;
    }

    /** {@return the number of a place} */
    int number(Span span) {
        if (spans.size() < fineLimit) {
            return add(span);
        }
        if (statementNumber < 0) {
            statementNumber = spans.size() < limit ? add(statement) : spans.size() - 1;
        }
        return statementNumber;
    }

    /** {@return how many numbers are in use, for {@link #rewind}} */
    int count() {
        return spans.size();
    }

    /** Releases numbers, because the code that used them is generated again. */
    void rewind(int count) {
        while (spans.size() > count) {
            spans.removeLast();
        }
    }

    List<Span> list() {
        return List.copyOf(spans);
    }

    private int add(Span span) {
        if (!spans.isEmpty() && isSame(spans.getLast(), span)) {
            return spans.size() - 1;
        }
        spans.add(span);
        return spans.size() - 1;
    }

    private static boolean isSame(
            Span a, Span b) { // a record's equals is linked at its first use, which costs start-up time
        return a.start() == b.start() && a.end() == b.end();
    }
}

package dev.domin.inspector.packets;

import dev.domin.testkit.Journal;
import java.util.LinkedHashMap;

/** The indexes of the filters that were asked for last. Safe for use by several threads. */
final class Indexes {

    private static final int MOST = 8;

    private final LinkedHashMap<String, MatchIndex> byFilter = new LinkedHashMap<>(16, 0.75f, true);

    synchronized MatchIndex of(Filter filter, Journal journal) {
        var index = byFilter.get(filter.toString());
        if (index == null || !index.isFor(journal)) {
            index = new MatchIndex(filter, journal);
            byFilter.put(filter.toString(), index);
            if (byFilter.size() > MOST) {
                byFilter.pollFirstEntry();
            }
        }
        return index;
    }
}

package dev.domin.inspector.packets;

import dev.domin.testkit.Journal;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of the filters that were asked for last. The one without a filter is kept as long as its journal: a list
 * of all packets must not change its indices because others have asked for filters. Safe for use by several threads.
 */
final class Indexes {

    private static final int MOST = 8;

    private final LinkedHashMap<String, MatchIndex> byFilter = new LinkedHashMap<>(16, 0.75f, true);

    private @Nullable MatchIndex unfiltered;

    synchronized MatchIndex of(Filter filter, Journal journal) {
        if (filter.isEmpty()) {
            var index = unfiltered;
            if (index == null || !index.isFor(journal)) {
                index = new MatchIndex(filter, journal);
                unfiltered = index;
            }
            return index;
        }
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

package dev.domin.inspector.packets;

import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import dev.domin.testkit.Journal;
import dev.domin.testkit.Packet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of packets that match a filter. */
public final class PacketList {

    private static final int MAX_ROWS = 500;

    /** How long one request may test packets against a filter that is new. */
    private static final long WORK_NANOS = 20_000_000;

    private final PacketSource source;
    private final Indexes indexes = new Indexes();

    /**
     * Creates the list.
     *
     * @param source the packets
     */
    public PacketList(PacketSource source) {
        this.source = source;
    }

    private record Row(MatchIndex.Match match, Packet packet) {}

    /**
     * Answers a request for rows.
     *
     * @param request the request
     */
    public void answer(Request request) throws RequestException, IOException {
        String text = request.text("filter");
        int count = Math.clamp(request.number("count", 100), 0, MAX_ROWS);
        long from = request.text("from").equals("end") ? -1 : Math.max(0, request.number("from", 0));
        var journal = source.journal();
        MatchIndex.Part part;
        FilterException wrong = null;
        try {
            part = indexes.of(Filter.of(text), journal).read(from, count, WORK_NANOS);
        } catch (FilterException e) {
            wrong = e;
            part = new MatchIndex.Part(0, 0, true, List.of());
        }
        answer(request, journal, from, part, wrong);
    }

    private static void answer(
            Request request, Journal journal, long from, MatchIndex.Part part, @Nullable FilterException wrong)
            throws IOException {
        var rows = rows(journal, part.matches());
        long start = rows.isEmpty()
                ? Math.max(part.first(), from < 0 ? part.next() : Math.min(part.next(), from))
                : rows.getFirst().match().index();
        request.json(out -> {
            out.beginObject().name("filter").value(request.text("filter")).name("error");
            if (wrong == null) {
                out.nullValue();
            } else {
                out.beginObject().name("at").value(wrong.place());
                out.name("message").value(wrong.getMessage()).endObject();
            }
            out.name("firstMatch").value(part.first()).name("nextMatch").value(part.next());
            out.name("first").value(journal.first()).name("next").value(journal.next());
            out.name("forgotten").value(journal.forgotten());
            out.name("complete").value(part.isComplete());
            out.name("from").value(start).name("rows").beginArray();
            for (var row : rows) {
                out.beginObject();
                Rows.write(out, journal, row.packet, row.match.gap());
                out.endObject();
            }
            out.endArray().endObject();
        });
    }

    /** {@return the rows without those that were forgotten meanwhile, which are the first ones} */
    private static List<Row> rows(Journal journal, List<MatchIndex.Match> matches) {
        var rows = new ArrayList<Row>(matches.size());
        for (var match : matches) {
            var packet = Rows.find(journal, match.position());
            if (packet != null) {
                rows.add(new Row(match, packet));
            }
        }
        return rows;
    }
}

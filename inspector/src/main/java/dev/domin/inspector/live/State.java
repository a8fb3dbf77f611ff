package dev.domin.inspector.live;

import com.google.gson.stream.JsonWriter;
import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import dev.domin.inspector.packets.Addresses;
import dev.domin.inspector.packets.PacketSource;
import dev.domin.inspector.script.OutputLine;
import dev.domin.inspector.script.Problem;
import dev.domin.inspector.script.Reload;
import dev.domin.inspector.script.ScriptView;
import dev.domin.testkit.Journal;
import dev.domin.testkit.TappedEndpoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of servers, handlers, faults and the journal, and what there is of the script. */
public final class State {

    private static final int MAX_LINES = 1000;

    private final PacketSource source;
    private final @Nullable ScriptView script;
    private final Sampler sampler;
    private final Actions actions;

    /**
     * Creates the view.
     *
     * @param source the packets
     * @param script the script, or null if there is none
     * @param sampler the measurements
     * @param actions what was done with the page
     */
    public State(PacketSource source, @Nullable ScriptView script, Sampler sampler, Actions actions) {
        this.source = source;
        this.script = script;
        this.sampler = sampler;
        this.actions = actions;
    }

    /**
     * Answers a request for the state.
     *
     * @param request the request
     */
    public void answer(Request request) throws IOException {
        request.json(this::write);
    }

    /**
     * Answers a request for the source.
     *
     * @param request the request
     */
    public void answerSource(Request request) throws IOException {
        request.json(out -> {
            out.beginObject();
            if (script == null) {
                out.name("name")
                        .value("")
                        .name("text")
                        .value("")
                        .name("errors")
                        .beginArray()
                        .endArray();
            } else {
                var text = script.source();
                out.name("name")
                        .value(text.name())
                        .name("text")
                        .value(text.text())
                        .name("errors");
                write(out, text.problems());
            }
            out.endObject();
        });
    }

    /**
     * Answers a request for output.
     *
     * @param request the request, which may have the number of the first line
     */
    public void answerOutput(Request request) throws IOException, RequestException {
        long after = Math.max(0, request.number("after", 0));
        request.json(out -> writeOutput(out, after));
    }

    /**
     * Writes lines of output.
     *
     * @param out where to
     * @param after the number of the first line
     * @return the number of the line behind them
     */
    long writeOutput(JsonWriter out, long after) throws IOException {
        var lines = script == null ? List.<OutputLine>of() : script.output(after);
        lines = lines.subList(0, Math.min(lines.size(), MAX_LINES));
        long next = lines.isEmpty() ? nextOutput() : lines.getLast().number() + 1;
        long dropped = lines.isEmpty() ? 0 : lines.getFirst().number() - after;
        out.beginObject().name("next").value(next).name("dropped").value(Math.max(0, dropped));
        out.name("lines").beginArray();
        for (var line : lines) {
            out.beginObject().name("n").value(line.number()).name("time").value(line.epochMicros());
            out.name("stream")
                    .value(line.stream())
                    .name("text")
                    .value(line.text())
                    .endObject();
        }
        out.endArray().endObject();
        return next;
    }

    long nextOutput() {
        return script == null ? 0 : script.nextOutput();
    }

    Reload reload() {
        return script == null ? Reload.NONE : script.reload();
    }

    Journal journal() {
        return source.journal();
    }

    /** Writes the state. */
    void write(JsonWriter out) throws IOException {
        var endpoints = source.endpoints();
        out.beginObject().name("title").value(title(endpoints)).name("script").value(script != null);
        out.name("servers").beginArray();
        for (var endpoint : endpoints) {
            write(out, endpoint);
        }
        out.endArray().name("callbacks");
        sampler.measurements().writeHandlers(out);
        actions.write(out);
        var journal = source.journal();
        out.name("recording").value(journal.maxPackets() > 0).name("reload");
        write(out, reload());
        out.name("journal").beginObject().name("first").value(journal.first());
        out.name("next").value(journal.next()).name("forgotten").value(journal.forgotten());
        out.name("missed").value(sampler.measurements().missed());
        out.name("keepPackets").value(journal.maxPackets()).name("keepBytes").value(journal.maxBytes());
        out.endObject().endObject();
    }

    private String title(List<TappedEndpoint> endpoints) {
        if (script != null) {
            return script.source().name();
        }
        return endpoints.isEmpty()
                ? "no server"
                : Addresses.text(endpoints.getFirst().address());
    }

    private void write(JsonWriter out, TappedEndpoint endpoint) throws IOException {
        var stats = endpoint.stats();
        String state = endpoint.isOpen() ? "open" : "closed";
        // A closed server may have the address of an open one, whose line would be found: after a reload, for example.
        String info = script == null || !endpoint.isOpen()
                ? ""
                : script.info(endpoint.address()).orElse("");
        if (info.isEmpty()) {
            info = "state=" + state + " port=" + endpoint.address().getPort() + " handled=" + stats.handled()
                    + " dropped=" + stats.dropped();
        }
        out.beginObject().name("address").value(Addresses.text(endpoint.address()));
        out.name("name")
                .value(endpoint.handler())
                .name("state")
                .value(state)
                .name("info")
                .value(info);
        out.name("received").value(stats.received()).name("handled").value(stats.handled());
        out.name("dropped").value(stats.dropped()).name("inFlight").value(stats.inFlight());
        out.name("sent").value(stats.sent()).name("lost");
        if (stats.lostByKernel().isPresent()) {
            out.value(stats.lostByKernel().getAsLong());
        } else {
            out.nullValue();
        }
        out.endObject();
    }

    private static void write(JsonWriter out, Reload reload) throws IOException {
        out.beginObject()
                .name("watching")
                .value(reload.watching())
                .name("number")
                .value(reload.number());
        out.name("time")
                .value(reload.epochMicros())
                .name("ok")
                .value(reload.isOk())
                .name("errors");
        write(out, reload.errors());
        out.endObject();
    }

    /** Writes errors, as an array. */
    static void write(JsonWriter out, List<Problem> problems) throws IOException {
        out.beginArray();
        for (var each : problems) {
            out.beginObject().name("line").value(each.line()).name("column").value(each.column());
            out.name("length").value(each.length()).name("message").value(each.message());
            out.name("help").value(each.help()).name("kind").value(each.kind());
            out.name("rendered").value(each.rendered()).endObject();
        }
        out.endArray();
    }
}

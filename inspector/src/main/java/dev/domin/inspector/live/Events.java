package dev.domin.inspector.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.domin.inspector.http.Json;
import dev.domin.inspector.http.Request;
import dev.domin.inspector.http.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the page what changes. An event is made when the page can take it: a page that reads slowly gets fewer of them,
 * and nothing waits in memory.
 */
public final class Events {

    private static final int MAX_STREAMS = 32;
    private static final long END_MILLIS = 500;

    private final State state;
    private final Sampler sampler;
    private final Semaphore free = new Semaphore(MAX_STREAMS);
    private volatile String lastWords = "the inspector was closed";

    /**
     * Creates the events.
     *
     * @param state the state
     * @param sampler the measurements, whose end is that of all events
     */
    public Events(State state, Sampler sampler) {
        this.state = state;
        this.sampler = sampler;
    }

    /**
     * Answers a request with a stream of events, until the sampler is closed or the page has gone.
     *
     * @param request the request
     */
    public void answer(Request request) throws RequestException, IOException {
        if (!free.tryAcquire()) {
            throw new RequestException(503, "too many pages are open: close some of them");
        }
        try (var out = request.stream("text/event-stream; charset=utf-8")) {
            new Stream(out).run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    /**
     * Sets what pages show when the events end.
     *
     * @param words why
     */
    public void end(String words) {
        lastWords = words;
    }

    /** Waits until all streams have ended, or have had time for it. Called when the sampler is closed. */
    public void awaitEnd() {
        try {
            if (free.tryAcquire(MAX_STREAMS, END_MILLIS, TimeUnit.MILLISECONDS)) {
                free.release(MAX_STREAMS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The events of one page. */
    private final class Stream {

        private final OutputStream out;
        private String lastState = "";
        private long nextOutput;
        private long reloads = state.reload().number();

        Stream(OutputStream out) {
            this.out = out;
        }

        void run() throws IOException, InterruptedException {
            for (long seen = 0; seen >= 0; seen = sampler.await(seen)) {
                sendState();
                sendReload();
                sendOutput();
                if (seen > 0) {
                    sendTick();
                }
                out.flush();
            }
            sendOutput();
            send(
                    "end",
                    Json.text(json ->
                            json.beginObject().name("words").value(lastWords).endObject()));
            out.flush();
        }

        private void sendState() throws IOException {
            String now = Json.text(state::write);
            if (!now.equals(lastState)) {
                lastState = now;
                send("state", now);
            }
        }

        private void sendReload() throws IOException {
            var reload = state.reload();
            if (reload.number() != reloads) {
                reloads = reload.number();
                send("reload", Json.text(json -> {
                    json.beginObject().name("number").value(reload.number());
                    json.name("ok").value(reload.isOk()).name("errors");
                    State.write(json, reload.errors());
                    json.endObject();
                }));
            }
        }

        private void sendOutput() throws IOException {
            if (state.nextOutput() > nextOutput) {
                send("output", Json.text(json -> nextOutput = state.writeOutput(json, nextOutput)));
            }
        }

        private void sendTick() throws IOException {
            var journal = state.journal();
            var sample = sampler.newest();
            if (sample != null) {
                send("tick", Json.text(json -> {
                    json.beginObject().name("time").value(sample.time());
                    json.name("first").value(journal.first()).name("next").value(journal.next());
                    json.name("forgotten").value(journal.forgotten()).name("sample");
                    sample.write(json);
                    json.endObject();
                }));
            }
        }

        private void send(String name, String data) throws IOException {
            out.write(("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8));
        }
    }
}

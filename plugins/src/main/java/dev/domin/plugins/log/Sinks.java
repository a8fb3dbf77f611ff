package dev.domin.plugins.log;

import dev.domin.spi.ScriptError;
import dev.domin.spi.ScriptResource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sinks of a run; every message goes to all of them. Changed with the script lock held, and closed without it. */
final class Sinks implements ScriptResource {

    static final int MOST = 8;

    private final List<Sink> sinks = new CopyOnWriteArrayList<>();

    /**
     * Adds a sink, unless there is one like it already.
     *
     * @param key what the sink would be set by
     * @param maker opens it
     * @return the sink that there is now
     */
    Sink add(String key, Supplier<Sink> maker) {
        for (var sink : sinks) {
            if (sink.key().equals(key)) {
                return sink;
            }
        }
        if (sinks.size() == MOST) {
            throw new ScriptError(
                    "there are " + MOST + " sinks already, and no more are possible", "log.Close() removes them all");
        }
        var fresh = maker.get();
        sinks.add(fresh);
        return fresh;
    }

    boolean isEmpty() {
        return sinks.isEmpty();
    }

    /** Writes to all; a sink that cannot be written does not keep the message from the others. */
    void write(Message message, boolean json) {
        @Nullable ScriptError first = null;
        for (var sink : sinks) {
            try {
                sink.write(message, json);
            } catch (ScriptError e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes all and forgets them. */
    void clear() {
        var old = new ArrayList<>(sinks);
        sinks.clear();
        old.forEach(Sink::close);
    }

    @Override
    public void close() {
        sinks.forEach(Sink::close);
    }
}

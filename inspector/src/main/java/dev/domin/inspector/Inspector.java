package dev.domin.inspector;

import dev.domin.inspector.http.Listener;
import dev.domin.inspector.http.Route;
import dev.domin.inspector.live.Actions;
import dev.domin.inspector.live.Events;
import dev.domin.inspector.live.Sampler;
import dev.domin.inspector.live.State;
import dev.domin.inspector.packets.CaptureDownload;
import dev.domin.inspector.packets.PacketDetail;
import dev.domin.inspector.packets.PacketList;
import dev.domin.inspector.packets.PacketSource;
import dev.domin.inspector.script.ScriptView;
import dev.domin.testkit.UdpServer;
import dev.domin.testkit.UdpTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page for the browser that shows the packets of servers while they come, with their bytes, fates and times, and that
 * can send packets and inject faults.
 *
 * <pre>{@code
 * try (var server = UdpServer.echo().start();
 *         var inspector = Inspector.of(server).start()) {
 *     System.out.println(inspector.uri());
 *     ...
 * }
 * }</pre>
 *
 * <p>The page is served on 127.0.0.1 only, and its address has a random token: who knows the address can do what the
 * page does. Whoever starts an inspector closes it. May be used from any thread.
 */
public final class Inspector implements AutoCloseable {

    private final Sampler sampler;
    private final Events events;
    private final Listener listener;

    private Inspector(Builder options) throws IOException {
        var source = options.source;
        var actions = new Actions(source, options.faults);
        sampler = new Sampler(source);
        var state = new State(source, options.script, sampler, actions);
        events = new Events(state, sampler);
        try {
            listener = Listener.start(
                    options.port,
                    Map.<String, Route>of(
                            "packets", new PacketList(source)::answer,
                            "packet", new PacketDetail(source, options.script)::answer,
                            "state", state::answer,
                            "source", state::answerSource,
                            "output", state::answerOutput,
                            "metrics", sampler::answer,
                            "capture", new CaptureDownload(source)::answer,
                            "events", events::answer),
                    Map.<String, Route>of(
                            "send", actions::send,
                            "resend", actions::resend,
                            "faults", actions::setFaults,
                            "answering", actions::setAnswering,
                            "clear", actions::clear));
        } catch (IOException | RuntimeException e) {
            sampler.close();
            throw e;
        }
    }

    /**
     * Begins an inspector for a server of the test kit.
     *
     * @param server the server, which is started
     * @return a builder
     * @throws IllegalStateException if the server is not started
     */
    public static Builder of(UdpServer server) {
        var _ = server.journal(); // which must be there
        return new Builder(new ServerSource(server));
    }

    /**
     * Begins an inspector for the endpoints of a tap.
     *
     * @param tap the tap
     * @return a builder
     * @throws IllegalStateException if the tap was built without faults
     */
    public static Builder of(UdpTap tap) {
        var _ = tap.faults(); // which must be there
        return new Builder(new TapSource(tap));
    }

    /** {@return the address of the page, with its token} */
    public URI uri() {
        return listener.uri();
    }

    /** Closes the page. No thread and no port is left. */
    @Override
    public void close() {
        close("the inspector was closed");
    }

    /**
     * Closes the page.
     *
     * @param words what pages that are still open show as the reason
     */
    public void close(String words) {
        events.end(words);
        sampler.close();
        events.awaitEnd();
        listener.close();
    }

    /** Collects what an inspector does; not safe for use by several threads. */
    public static final class Builder {

        private final PacketSource source;
        private int port;
        private String faults = "";
        private @Nullable ScriptView script;

        private Builder(PacketSource source) {
            this.source = source;
        }

        /**
         * Sets the port of the page. By default the system chooses a free one.
         *
         * @param number the port, 0 to 65535
         * @return this builder
         * @throws IllegalArgumentException if it is another number
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("a port is 0 to 65535, got " + number);
            }
            port = number;
            return this;
        }

        /**
         * Shows a script.
         *
         * @param view the script
         * @return this builder
         */
        public Builder script(ScriptView view) {
            script = view;
            return this;
        }

        /**
         * Shows faults that are in force already.
         *
         * @param text the text that was given to {@link dev.domin.testkit.Faults#apply}
         * @return this builder
         */
        public Builder faults(String text) {
            faults = text;
            return this;
        }

        /**
         * {@return an inspector whose page can be opened; the caller closes it}
         *
         * @throws UncheckedIOException if the port is taken
         */
        public Inspector start() {
            try {
                return new Inspector(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}

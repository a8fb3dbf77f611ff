package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.udp.DatagramHandler;
import dev.domin.udp.UdpEndpoint;
import dev.domin.udp.UdpOptions;
import java.io.IOException;
import java.net.BindException;
import java.util.function.Function;

/**
 * A server that runs until Ctrl-C, and prints its counts at the end.
 *
 * @param terminal where to print
 * @param taps what observes its packets
 * @param name what handles the packets, in words
 * @param port its port; 0 for any
 */
record Serving(Terminal terminal, Taps taps, String name, int port) {

    /** What a server is made of, once its endpoint is open. */
    interface Extension extends AutoCloseable {

        /** {@return the lines to print once packets are answered} */
        String greeting();

        /** {@return what to print at the end, after the counts} */
        String farewell();

        @Override
        void close();
    }

    /** Runs a server; {@return the exit code} */
    int run(DatagramHandler handler) throws ToolException {
        return run(handler, endpoint -> new Extension() {

            @Override
            public String greeting() {
                return "";
            }

            @Override
            public String farewell() {
                return "";
            }

            @Override
            public void close() {}
        });
    }

    /** Runs a server with something else that is opened and closed with it; {@return the exit code} */
    int run(DatagramHandler handler, Function<UdpEndpoint, Extension> extension) throws ToolException {
        var lifetime = Lifetime.begin(terminal);
        boolean interrupted;
        try {
            lifetime.onEnd(taps::close); // if opening fails
            var endpoint = open(handler);
            var other = extension.apply(endpoint);
            lifetime.onEnd(() -> {
                endpoint.close();
                other.close();
                taps.close();
                report(endpoint, other.farewell());
            });
            terminal.print("listening on " + Targets.text(endpoint.address()) + other.greeting());
            interrupted = lifetime.await();
        } finally {
            lifetime.end();
        }
        return interrupted ? Tools.INTERRUPTED : taps.close() ? Tools.OK : Tools.FAILED;
    }

    private UdpEndpoint open(DatagramHandler handler) throws ToolException {
        var options =
                UdpOptions.builder().port(port).threadName("domin-" + name).onError(this::failed);
        try {
            return UdpEndpoint.open(taps.tap().addTo(name, options).build(), handler);
        } catch (IOException e) {
            throw cannotOpen(port, e);
        }
    }

    private void failed(Throwable problem) {
        terminal.say(problem instanceof Exception e ? FileErrors.reason(e) : problem.toString());
    }

    /** {@return the exception for a port that cannot be opened} */
    static ToolException cannotOpen(int port, Exception reason) {
        return ToolException.failed(
                reason instanceof BindException || reason.getCause() instanceof BindException
                        ? "cannot open port " + port + ": another program uses it, or it may not be used"
                                + "; --port 0 lets the system choose one"
                        : "cannot open port " + port + ": " + FileErrors.reason(reason));
    }

    private void report(UdpEndpoint endpoint, String more) {
        var stats = endpoint.stats();
        long lost = stats.lostByKernel().orElse(0);
        terminal.err()
                .println(name + " on " + Targets.text(endpoint.address()) + ": received=" + stats.received() + " sent="
                        + stats.sent() + " dropped=" + stats.dropped() + (lost > 0 ? " lostBySystem=" + lost : "")
                        + more);
    }
}

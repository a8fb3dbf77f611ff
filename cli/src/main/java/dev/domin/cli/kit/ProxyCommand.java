package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import java.io.IOException;

/** {@code domin proxy}: forwards packets of clients to a server, and its answers to them. */
record ProxyCommand(Arguments arguments, Terminal terminal) {

    private static final int MAX_CLIENTS = 1_000;

    int run() throws ToolException {
        arguments.checkOperands(
                2, 2, "proxy takes a port and the address of a server, such as domin proxy 5300 127.0.0.1:53");
        int port = Arguments.port("proxy", arguments.operands().getFirst(), 0);
        var target = Targets.parse("proxy", arguments.operands().get(1));
        if (target.getPort() == port && target.getAddress().getHostAddress().equals("127.0.0.1")) {
            throw ToolException.usage("the server at " + Targets.text(target) + " would be the proxy itself");
        }
        ProxyRelay relay;
        try {
            relay = new ProxyRelay(target, MAX_CLIENTS, terminal::say);
        } catch (IOException e) {
            throw ToolException.failed("cannot forward packets: " + FileErrors.reason(e));
        }
        try {
            return new Serving(terminal, Taps.open(arguments, terminal), "proxy", port)
                    .run(relay::forward, endpoint -> {
                        relay.start(endpoint);
                        return relay;
                    });
        } finally {
            relay.close();
        }
    }
}

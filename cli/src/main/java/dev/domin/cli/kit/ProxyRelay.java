package dev.domin.cli.kit;

import dev.domin.cli.files.FileErrors;
import dev.domin.udp.Datagram;
import dev.domin.udp.UdpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The side of a proxy towards the server: a socket for each client, so that the server tells clients apart as without a
 * proxy. One thread receives the answers of all. A socket is closed when its client and the server have been silent for
 * a while, or when another client needs its place.
 */
final class ProxyRelay implements Serving.Extension {

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long CHECK_MILLIS = 5_000;

    private final InetSocketAddress server;
    private final int maxClients;
    private final Consumer<String> errors;
    private final Selector selector;
    private final Map<InetSocketAddress, Route> routes = new LinkedHashMap<>(16, 0.75f, true); // guarded by itself
    private long clients; // guarded by the routes, as the next
    private boolean unreachable; // has been reported since the last answer

    /** The way of one client. */
    private static final class Route {
        final InetSocketAddress client;
        final DatagramChannel channel;
        volatile long lastNanos = System.nanoTime();

        Route(InetSocketAddress client, DatagramChannel channel) {
            this.client = client;
            this.channel = channel;
        }
    }

    ProxyRelay(InetSocketAddress server, int maxClients, Consumer<String> errors) throws IOException {
        this.server = server;
        this.maxClients = maxClients;
        this.errors = errors;
        this.selector = Selector.open();
    }

    /** Starts to send answers to the clients. */
    void start(UdpEndpoint front) {
        var started = new Thread(() -> receive(front), "domin-proxy-answers");
        started.setDaemon(true);
        started.start();
    }

    /** Forwards a packet of a client. Called by the endpoint for one packet at a time. */
    void forward(Datagram packet) throws IOException {
        var route = route(packet.sender());
        route.lastNanos = System.nanoTime();
        for (int i = 0; i < 2; i++) {
            try {
                if (packet.length() == 0) {
                    route.channel.disconnect(); // a connected channel of Java sends no empty datagram
                }
                route.channel.send(ByteBuffer.wrap(packet.array(), packet.offset(), packet.length()), server);
                return;
            } catch (PortUnreachableException _) { // is about an earlier packet, and this one was not sent
                reportUnreachable();
            }
        }
    }

    private Route route(InetSocketAddress client) throws IOException {
        synchronized (routes) {
            var known = routes.get(client);
            if (known != null) {
                return known;
            }
            if (routes.size() >= maxClients) {
                var oldest = routes.values().iterator();
                close(oldest.next());
                oldest.remove();
            }
            var channel = DatagramChannel.open();
            try {
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(server.getAddress(), 0));
                channel.connect(server);
                var route = new Route(client, channel);
                channel.register(selector, SelectionKey.OP_READ, route);
                selector.wakeup();
                routes.put(client, route);
                clients++;
                return route;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    private void receive(UdpEndpoint front) {
        byte[] bytes = new byte[Datagram.MAX_PAYLOAD + 1];
        long checked = System.nanoTime();
        while (selector.isOpen()) {
            try {
                selector.select(key -> answer(front, (Route) key.attachment(), bytes), CHECK_MILLIS);
                if (System.nanoTime() - checked > TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS)) {
                    checked = System.nanoTime();
                    closeIdle(checked);
                }
            } catch (ClosedSelectorException _) {
                return;
            } catch (IOException e) {
                errors.accept("cannot receive from " + Targets.text(server) + ": " + FileErrors.reason(e));
            }
        }
    }

    /** Sends everything that has come for one client. */
    private void answer(UdpEndpoint front, Route route, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        try {
            SocketAddress sender;
            while ((sender = route.channel.receive(buffer.clear())) != null) {
                if (!sender.equals(server)) {
                    continue; // only a channel that is not connected any more receives such a datagram
                }
                synchronized (routes) {
                    unreachable = false;
                }
                route.lastNanos = System.nanoTime();
                front.send(bytes, 0, buffer.position(), route.client);
            }
        } catch (PortUnreachableException _) {
            reportUnreachable();
        } catch (IOException e) {
            // The socket was closed for another client, or the proxy ends; the journal has what was not sent.
        }
    }

    private void closeIdle(long now) {
        synchronized (routes) {
            for (Iterator<Route> all = routes.values().iterator(); all.hasNext(); ) {
                var route = all.next();
                if (now - route.lastNanos > IDLE_NANOS) {
                    close(route);
                    all.remove();
                }
            }
        }
    }

    private void reportUnreachable() {
        synchronized (routes) {
            if (unreachable) {
                return;
            }
            unreachable = true;
        }
        errors.accept("nothing listens on " + Targets.text(server));
    }

    private static void close(Route route) {
        try {
            route.channel.close();
        } catch (IOException _) { // nothing is lost: it is not used again
        }
    }

    @Override
    public String greeting() {
        return "\nforwarding to " + Targets.text(server);
    }

    @Override
    public String farewell() {
        synchronized (routes) {
            return " clients=" + clients;
        }
    }

    /** Closes all sockets. Called when no packet is forwarded any more; closing again does nothing. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException _) { // its sockets are closed next
        }
        synchronized (routes) {
            routes.values().forEach(ProxyRelay::close);
            routes.clear();
        }
    }
}

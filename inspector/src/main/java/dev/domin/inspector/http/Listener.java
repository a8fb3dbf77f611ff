package dev.domin.inspector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers requests at a port on 127.0.0.1, each on a virtual thread. */
public final class Listener implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Otherwise small answers wait 40 ms for an acknowledgement. The server of the JDK reads this once. */
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Gate gate;
    private final Assets assets = new Assets();
    private final Map<String, Route> reading;
    private final Map<String, Route> acting;

    private Listener(HttpServer server, Map<String, Route> reading, Map<String, Route> acting) {
        this.server = server;
        this.gate = new Gate(server.getAddress().getPort());
        this.reading = reading;
        this.acting = acting;
    }

    /**
     * Starts to listen.
     *
     * @param port the port; 0 for a free one
     * @param reading what answers GET, by path
     * @param acting what answers POST, by path
     * @return the listener; the caller closes it
     * @throws IOException if the port is taken
     */
    public static Listener start(int port, Map<String, Route> reading, Map<String, Route> acting) throws IOException {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
        var address = new InetSocketAddress(InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1}), port);
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new BindException("port " + port + " is taken or not allowed (" + e.getMessage() + ")");
        }
        var listener = new Listener(server, reading, acting);
        server.setExecutor(listener.threads);
        server.createContext("/", listener::handle);
        server.start();
        return listener;
    }

    /** {@return the address of the page} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + gate.token() + "/");
    }

    /** Stops listening, ends all requests, and waits until their threads have ended. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Cache-Control", "no-store");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            String path = gate.path(exchange);
            if (path == null) {
                exchange.sendResponseHeaders(403, -1);
            } else if (path.isEmpty()) {
                headers.set("Location", "/" + gate.token() + "/");
                exchange.sendResponseHeaders(308, -1);
            } else {
                answer(exchange, path.substring(1));
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        @Nullable Request request = null;
        try {
            request = new Request(exchange);
            answer(exchange, path, request);
        } catch (RequestException e) {
            if (request == null) {
                exchange.sendResponseHeaders(e.status(), -1);
            } else {
                request.error(e.status(), String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException e) {
            System.getLogger("dev.domin.inspector").log(System.Logger.Level.ERROR, "a request for " + path, e);
            if (exchange.getResponseCode() < 0 && request != null) {
                request.error(500, "the inspector has failed: " + e);
            }
        }
    }

    private void answer(HttpExchange exchange, String path, Request request) throws RequestException, IOException {
        String method = exchange.getRequestMethod();
        String name = path.isEmpty() ? "index.html" : path;
        if (acting.containsKey(path)) {
            allow(exchange, method, "POST");
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
                throw new RequestException(415, "send the body with Content-Type: application/json");
            }
            request.readBody();
            acting.get(path).answer(request);
            return;
        }
        var route = reading.get(path);
        byte[] file = route == null ? assets.find(name) : null;
        if (route == null && file == null) {
            throw new RequestException(404, "there is nothing at this address");
        }
        allow(exchange, method, "GET");
        if (route != null) {
            route.answer(request);
        } else if (file != null) {
            request.bytes(200, Assets.type(name), file);
        }
    }

    private static void allow(HttpExchange exchange, String method, String only) throws RequestException {
        if (!method.equals(only)) {
            exchange.getResponseHeaders().set("Allow", only);
            throw new RequestException(405, "this address takes " + only + " only");
        }
    }
}

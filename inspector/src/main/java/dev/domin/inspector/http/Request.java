package dev.domin.inspector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A request that has passed the gate, and its answer. For one thread. */
public final class Request {

    /** The longest body: a datagram in hexadecimal with spaces, and a bit more. */
    static final int MAX_BODY = 256 << 10;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    private final HttpExchange exchange;
    private final Map<String, String> parameters = new HashMap<>();

    Request(HttpExchange exchange) throws RequestException {
        this.exchange = exchange;
        String query = exchange.getRequestURI().getRawQuery();
        for (String each : query == null ? new String[0] : query.split("&")) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            parameters.put(decode(name), equals < 0 ? "" : decode(each.substring(equals + 1)));
        }
    }

    private static String decode(String text) throws RequestException {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException _) {
            throw RequestException.bad("the query of the address has a bad escape sequence");
        }
    }

    /** Reads the body into the parameters. */
    void readBody() throws IOException, RequestException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            exchange.getResponseHeaders().set("Connection", "close");
            throw new RequestException(413, "the body is longer than " + MAX_BODY + " bytes");
        }
        parameters.putAll(Json.object(new String(body, UTF_8)));
    }

    /**
     * Returns a parameter of the query or the body.
     *
     * @param name its name
     * @return its value; empty if it is missing
     */
    public String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /**
     * Returns whether there is a parameter.
     *
     * @param name its name
     * @return whether there is
     */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /**
     * Returns a parameter that is a whole number.
     *
     * @param name its name
     * @param otherwise the number if it is missing
     * @return the number
     * @throws RequestException if it is something else
     */
    public long number(String name, long otherwise) throws RequestException {
        if (!has(name)) {
            return otherwise;
        }
        try {
            if (WHOLE_NUMBER.matcher(text(name)).matches()) {
                return Long.parseLong(text(name));
            }
        } catch (NumberFormatException _) {
            // Too long: refused below.
        }
        throw RequestException.bad(name + " takes a whole number, got `" + text(name) + "`");
    }

    /**
     * Answers with JSON.
     *
     * @param body writes it
     */
    public void json(Json.Body body) throws IOException {
        bytes(200, "application/json; charset=utf-8", Json.text(body).getBytes(UTF_8));
    }

    void error(int status, String sentence) throws IOException {
        byte[] body = Json.text(
                        out -> out.beginObject().name("error").value(sentence).endObject())
                .getBytes(UTF_8);
        bytes(status, "application/json; charset=utf-8", body);
    }

    void bytes(int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean hasBody = body.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
    }

    /**
     * Answers with a stream of bytes, whose headers are sent at once.
     *
     * @param type the content type
     * @return the stream
     */
    public OutputStream stream(String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        var out = exchange.getResponseBody();
        out.flush();
        return out;
    }

    /**
     * Answers with a file to be saved.
     *
     * @param type the content type
     * @param name its name, of letters, digits and points
     * @return the stream for its content
     */
    public OutputStream download(String type, String name) throws IOException {
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name + "\"");
        return stream(type);
    }
}

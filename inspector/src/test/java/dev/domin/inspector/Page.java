package dev.domin.inspector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a page asks, and what others may try to ask. */
final class Page implements AutoCloseable {

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    Page(URI address) {
        this.address = address;
    }

    URI address() {
        return address;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    HttpResponse<byte[]> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray());
    }

    JsonObject json(String path) throws Exception {
        var response = get(path);
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        return JsonParser.parseString(new String(response.body(), UTF_8)).getAsJsonObject();
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    JsonObject act(String path, String body) throws Exception {
        var response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** {@return the error of a request that is refused} */
    String refusal(String path, String body) throws Exception {
        var response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
        return JsonParser.parseString(response.body())
                .getAsJsonObject()
                .get("error")
                .getAsString();
    }

    JsonObject rows(String filter) throws Exception {
        return json("packets?from=0&count=500&filter=" + encode(filter));
    }

    /**
     * {@return the whole answer to a request that is written by hand}
     *
     * @param lines the lines of the request; HOST and TOKEN in them are replaced
     */
    String raw(String body, String... lines) throws IOException {
        String host = address.getHost() + ":" + address.getPort();
        String token = address.getPath().substring(1, address.getPath().length() - 1);
        String head = String.join("\r\n", lines).replace("HOST", host).replace("TOKEN", token);
        try (var socket = new Socket("127.0.0.1", address.getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            out.write((head + "\r\nConnection: close\r\n\r\n" + body).getBytes(UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

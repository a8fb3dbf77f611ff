package dev.domin.inspector.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are answered at all. The token keeps other users of the machine out. The names of the host
 * keep out pages of a name that its owner has pointed to 127.0.0.1, and the origin keeps out all other pages.
 */
final class Gate {

    private static final int TOKEN_BYTES = 16;

    private final String token;
    private final Set<String> hosts;

    Gate(int port) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    String token() {
        return token;
    }

    /**
     * {@return the path behind the token, without the slash before it; null if the request must not be answered}
     *
     * @param exchange the request
     */
    @Nullable
    String path(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        String host = only(headers, "Host");
        String path = exchange.getRequestURI().getRawPath();
        if (host == null || path == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return null;
        }
        int end = path.indexOf('/', 1);
        String given = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
        if (!MessageDigest.isEqual(given.getBytes(US_ASCII), token.getBytes(US_ASCII))
                || !isOfThisPage(exchange, headers, host)) {
            return null;
        }
        return end < 0 ? "" : path.substring(end);
    }

    private static boolean isOfThisPage(HttpExchange exchange, Headers headers, String host) {
        if (headers.containsKey("Origin") && !("http://" + host).equals(only(headers, "Origin"))) {
            return false;
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean reads = !exchange.getRequestMethod().equals("POST");
        return site == null || site.equals("same-origin") || reads && site.equals("none");
    }

    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.getFirst();
    }
}

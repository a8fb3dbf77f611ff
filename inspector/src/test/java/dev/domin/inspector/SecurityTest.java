package dev.domin.inspector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only the page itself is answered, and what packets contain is data for it. */
@Timeout(60)
class SecurityTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final UdpServer server = UdpServer.echo().start();
    private final Inspector inspector = Inspector.of(server).start();
    private final Page page = new Page(inspector.uri());

    @AfterEach
    void close() {
        page.close();
        inspector.close();
        server.close();
    }

    private void assertForbidden(String... request) throws Exception {
        String answer = page.raw("", request);
        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n"))).isEqualTo("\r\n\r\n");
    }

    @Test
    void shouldAnswerThePage() throws Exception {
        assertThat(page.raw("", "GET /TOKEN/ HTTP/1.1", "Host: HOST")).startsWith("HTTP/1.1 200 ");
        String port = ":" + inspector.uri().getPort();
        assertThat(page.raw("", "GET /TOKEN/state HTTP/1.1", "Host: localhost" + port))
                .startsWith("HTTP/1.1 200 ");
        assertThat(page.raw("", "GET /TOKEN/state HTTP/1.1", "Host: [::1]" + port))
                .startsWith("HTTP/1.1 200 ");
        assertThat(page.raw("", "GET /TOKEN HTTP/1.1", "Host: HOST"))
                .startsWith("HTTP/1.1 308 ")
                .contains("Location: " + inspector.uri().getPath());
    }

    @Test
    void shouldSendHeadersThatKeepThePageToItself() throws Exception {
        var headers = page.get("").headers();
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void shouldRefuseAWrongToken() throws Exception {
        assertForbidden("GET / HTTP/1.1", "Host: HOST");
        assertForbidden("GET /state HTTP/1.1", "Host: HOST");
        assertForbidden("GET /TOKENx/state HTTP/1.1", "Host: HOST");
        assertForbidden("GET /AAAAAAAAAAAAAAAAAAAAAA/state HTTP/1.1", "Host: HOST");
        assertForbidden("GET //TOKEN/state HTTP/1.1", "Host: HOST");
        assertThat(inspector.uri().getPath()).hasSizeGreaterThan(22);
        try (var other = Inspector.of(server).start()) {
            assertThat(other.uri().getPath()).isNotEqualTo(inspector.uri().getPath());
        }
    }

    @Test
    void shouldRefuseOtherNamesOfTheHost() throws Exception {
        assertForbidden(
                "GET /TOKEN/state HTTP/1.1",
                "Host: evil.test:" + inspector.uri().getPort());
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: 127.0.0.1");
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: 127.0.0.1:1");
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: HOST", "Host: evil.test");
        assertForbidden("GET http://evil.test/TOKEN/state HTTP/1.1", "Host: evil.test");
    }

    @Test
    void shouldRefuseRequestsOfOtherPages() throws Exception {
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: HOST", "Origin: http://evil.test");
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: HOST", "Origin: null");
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: HOST", "Origin: https://HOST");
        assertForbidden("GET /TOKEN/state HTTP/1.1", "Host: HOST", "Sec-Fetch-Site: cross-site");
        assertForbidden("POST /TOKEN/clear HTTP/1.1", "Host: HOST", "Sec-Fetch-Site: none", "Content-Length: 0");
        assertThat(page.raw("", "GET /TOKEN/state HTTP/1.1", "Host: HOST", "Origin: http://HOST"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(page.raw("", "GET /TOKEN/state HTTP/1.1", "Host: HOST", "Sec-Fetch-Site: none"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldRefuseAForm() throws Exception {
        server.faults().apply("in.loss=50%");
        for (String type : new String[] {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data"}) {
            assertThat(page.raw(
                            "{}",
                            "POST /TOKEN/faults HTTP/1.1",
                            "Host: HOST",
                            "Content-Type: " + type,
                            "Content-Length: 2"))
                    .startsWith("HTTP/1.1 415 ");
        }
        assertThat(page.raw("", "POST /TOKEN/faults HTTP/1.1", "Host: HOST", "Content-Length: 0"))
                .startsWith("HTTP/1.1 415 ");
        assertThat(server.faults().toString()).contains("0.5");
    }

    @Test
    void shouldRefuseALongBodyAndOneThatIsNoObject() throws Exception {
        assertThat(page.post("send", "{\"text\":\"" + "x".repeat(300_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(page.refusal("send", "[1]")).contains("not a JSON object");
        assertThat(page.refusal("send", "{\"text\":{}}")).contains("not a JSON object");
        assertThat(page.refusal("send", "{}{}")).contains("not a JSON object");
        assertThat(page.refusal("send", "")).contains("not a JSON object");
    }

    @Test
    void shouldRefuseOtherMethods() throws Exception {
        for (String method : new String[] {"HEAD", "PUT", "DELETE", "OPTIONS", "POST"}) {
            String answer = page.raw("", method + " /TOKEN/state HTTP/1.1", "Host: HOST", "Content-Length: 0");
            assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET");
        }
        assertThat(page.raw("", "GET /TOKEN/clear HTTP/1.1", "Host: HOST"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: POST");
    }

    @Test
    void shouldServeNothingOutsideTheFolder() throws Exception {
        for (String path : new String[] {
            "../Inspector.class",
            "..%2fInspector.class",
            "%2e%2e/Inspector.class",
            "../../../../module-info.class",
            "/etc/passwd",
            "Inspector.class",
            ".",
            "app.css/..",
            "app.css%00.txt",
            "nothing.txt"
        }) {
            assertThat(page.raw("", "GET /TOKEN/" + path + " HTTP/1.1", "Host: HOST"))
                    .as(path)
                    .matches("(?s)HTTP/1.1 40[034] .*")
                    .doesNotContain("Êþº¾");
        }
    }

    @Test
    void shouldListenOnLoopbackOnly() throws Exception {
        for (var each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    try (var socket = new Socket(address, inspector.uri().getPort())) {
                        assertThat(socket.isConnected())
                                .as("%s answers", address)
                                .isFalse();
                    } catch (ConnectException e) {
                        // as it should be
                    }
                }
            }
        }
    }

    @Test
    void shouldGiveBytesOfPacketsAsDataOnly() throws Exception {
        String markup = "</script><script>alert(1)</script>";
        String escape = "\u001b[2J\u001b]0;title\u0007";
        try (var client = UdpClient.to(server.address())) {
            client.ask(markup, LONG);
            client.ask(escape, LONG);
        }
        var response = page.get("packets?from=0&count=10&filter=" + Page.encode("<script>"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        assertThat(new String(response.body(), UTF_8)).doesNotContain("<", ">");
        var rows = page.rows("").getAsJsonArray("rows");
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).getAsJsonObject().get("text").getAsString()).isEqualTo(markup.substring(0, 24));
        assertThat(rows.get(1).getAsJsonObject().get("text").getAsString()).isEqualTo("·[2J·]0;title·");
        var detail = page.json("packet?position="
                + rows.get(1).getAsJsonObject().get("position").getAsLong());
        assertThat(detail.toString()).doesNotContain("\u001b");
        assertThat(detail.get("hex").getAsString()).startsWith("1b5b324a");
    }
}

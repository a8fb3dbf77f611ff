package dev.domin.conformance;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Collects the output of a script; it can be read while the script runs. */
final class ScriptOutput extends ByteArrayOutputStream {

    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)\n");

    private static final Pattern PAGE = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[\\w-]+/");

    /** {@return everything so far} */
    String text() {
        return toString(StandardCharsets.UTF_8);
    }

    /** {@return the output after that many bytes} */
    synchronized String textBehind(int bytes) {
        return new String(buf, bytes, count - bytes, StandardCharsets.UTF_8);
    }

    /** {@return the port of the line {@code listening on 127.0.0.1:PORT}, waiting for it} */
    int awaitPort() {
        await("the line \"listening on 127.0.0.1:PORT\"")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> LISTENING.matcher(text()).find());
        var matcher = LISTENING.matcher(text());
        matcher.find();
        return Integer.parseInt(matcher.group(1));
    }

    /** {@return the address of the inspector's page, waiting for it} */
    URI awaitPage() {
        await("the address of the page")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> PAGE.matcher(text()).find());
        var matcher = PAGE.matcher(text());
        matcher.find();
        return URI.create(matcher.group());
    }
}

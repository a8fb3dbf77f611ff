package dev.domin.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.Keys;

/** Makes the pictures of the pages about the inspector: run it with {@code -Dinspector.screenshots=true}. */
@EnabledIfSystemProperty(
        named = "inspector.screenshots",
        matches = "true",
        disabledReason = "the pictures of the documentation are made with -Dinspector.screenshots=true only")
class InspectorScreenshotsTest {

    private static final Path FOLDER = Project.file("docs/images");
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;
    private static final int QUERIES = 900;

    private static final String[] NAMES = {
        "example.test", "www.example.test", "localhost", "mail.example.test", "EXAMPLE.test", "a.b.c"
    };

    @Test
    void makePictures() throws Exception {
        Files.createDirectories(FOLDER);
        try (var browser = Browser.start();
                var domin = DominProcess.start(
                        "--inspect",
                        "--watch",
                        "--faults",
                        "in.loss=4%,out.delay=2ms±1ms,seed=7",
                        Project.file("examples/dns.dom").toString())) {
            int port = domin.out().awaitPort();
            var page = domin.err().awaitPage();
            browser.preferDark(false);
            browser.open(page, WIDTH, HEIGHT);
            sendQueries(port);
            browser.press("#list", Keys.END);
            browser.awaitText("[aria-label=Struct]", "questions");
            browser.press("#detail", Keys.TAB); // the focus leaves the list
            for (var dark : new boolean[] {false, true}) {
                browser.preferDark(dark);
                for (var view : new String[] {"packets", "plots", "servers", "act"}) {
                    browser.click("#tab-" + view);
                    if (view.equals("plots")) {
                        browser.click("#view-plots .tools button:nth-child(2)"); // one minute
                    }
                    if (view.equals("act") && !dark) {
                        browser.type("#sendBody", "hello, this is no DNS query");
                        browser.click(".send .primary");
                        browser.awaitText("#sendLog", "bytes after");
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700)); // until the plots are drawn
                    browser.screenshot(FOLDER.resolve("inspector-" + view + (dark ? "-dark.png" : "-light.png")));
                }
            }
            browser.leave();
        }
    }

    /** Sends more and fewer queries a second in turns, so that the plots have something to show. */
    private static void sendQueries(int port) {
        try (var one = new UdpClient(port);
                var other = new UdpClient(port)) {
            for (int i = 0; i < QUERIES; i++) {
                var client = i % 3 == 0 ? one : other;
                client.send(i % 41 == 20 ? new byte[] {1, 2, 3} : query(i, NAMES[i % 7 % NAMES.length]));
                double rate = 30 + 20 * Math.sin(i / 60.0);
                LockSupport.parkNanos((long) (1e9 / rate));
            }
            one.send(query(QUERIES, "www.example.test"));
        }
    }

    private static byte[] query(int id, String name) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) (id * 37 >> 8), (byte) (id * 37), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (var label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(new byte[] {0, 0, 1, 0, 1});
        return out.toByteArray();
    }
}

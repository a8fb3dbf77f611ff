package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page of {@code domin --inspect} in a browser, with real clients. */
class InspectorPageTest {

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private static Browser browser;

    private DominProcess domin;
    private int port;
    private URI page;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void stop() {
        try {
            assertThat(browser.errors()).as("errors in the console").isEmpty();
        } finally {
            if (domin != null) {
                browser.leave();
                domin.close();
            }
        }
    }

    private void start(String... arguments) {
        domin = DominProcess.start(arguments);
        port = domin.out().awaitPort();
        page = domin.err().awaitPage();
    }

    private void open(String script) {
        start("--inspect", Project.file("examples").resolve(script).toString());
        browser.open(page, WIDTH, HEIGHT);
    }

    private void send(String text) {
        try (var client = new UdpClient(port)) {
            client.send(text);
            assertThat(client.receive()).isPresent();
        }
    }

    /** Selects the last packet with the keyboard. */
    private void selectLast() {
        browser.until(() -> {
            browser.press("#list", Keys.END);
            return !browser.all(".rows .row.selected").isEmpty();
        });
        browser.until(() -> !browser.all("#detail h2").isEmpty());
    }

    @Test
    void shouldSayHowToSendThePacketThatIsMissing() {
        open("echo.dom");

        browser.awaitText("#noPackets", "nc -u -w1 127.0.0.1 " + port);
    }

    @Test
    void shouldShowTheQueryOfDigWithItsAnswerAndItsStruct() {
        var dig = Tool.require("dig", "bind9-dnsutils");
        open("dns.dom");

        dig.run("", "@127.0.0.1", "-p", String.valueOf(port), "+noedns", "+short", "example.test");

        browser.awaitText(".rows", "✓answered");
        selectLast();
        browser.awaitText("#detail", "07 65 78 61"); // the label "example" begins
        browser.awaitText("[aria-label=Answer]", "c0 00 02 01"); // 192.0.2.1
        browser.awaitText("[aria-label=Struct]", "questions");
        assertThat(browser.all("[aria-label=Answer] mark.differs")).isNotEmpty();
    }

    @Test
    void shouldNarrowTheListByTheFilterAndKeepItInTheAddress() {
        var nc = Tool.require("nc", "netcat-openbsd");
        open("echo.dom");
        nc.run("hello", "-u", "-w1", "127.0.0.1", String.valueOf(port));
        send("something else");
        browser.awaitText("#listStatus", "1–2 of 2 packets");

        browser.type("#filter", "hello");
        browser.awaitText("#listStatus", "1–1 of 1 matches");
        assertThat(browser.text(".rows")).contains("hello").doesNotContain("something");

        browser.reload();
        browser.awaitText("#listStatus", "1–1 of 1 matches");
        assertThat(browser.address()).contains("filter=hello");

        browser.type("#filter", "len>many");
        browser.awaitText("#filterError", "at 5");
        assertThat(browser.text(".rows"))
                .as("the packets of the last filter without an error")
                .contains("hello");
    }

    @Test
    void shouldLoseAPacketByAFaultThatIsSetInThePage() {
        open("echo.dom");
        browser.click("#tab-act");
        browser.type("#faultText", "in.loss=100%");
        browser.click("#applyFaults");
        browser.awaitText("#faultChip", "in.loss=100%");

        browser.type("#sendWithin", "200");
        browser.type("#sendBody", "lost");
        browser.click(".send .primary");
        browser.awaitText("#sendLog", "no answer within 200 ms");
        browser.click("#tab-packets");
        browser.until(() -> !browser.all(".rows .row.fault").isEmpty());
        assertThat(browser.text(".rows")).contains("lost");

        browser.click("#faultChip");
        browser.click("#clearFaults");
        browser.awaitText("#faultActive", "No faults are on.");
        browser.type("#sendBody", "kept");
        browser.press("#sendBody", Keys.chord(Keys.CONTROL, Keys.ENTER));
        browser.awaitText("#sendLog", "4 bytes after");
        browser.click("#sendLog .link");
        browser.awaitText("#detail", "6b 65 70 74");
    }

    @Test
    void shouldShowHostilePacketsAsTheirText() {
        open("echo.dom");
        var markup = "<script>document.title='taken'</script><img src=x onerror=document.title='taken'>";
        send(markup);
        send("\u001b[31mred\u001b]0;taken\u0007");

        browser.awaitText(".rows", "<script>document.title='");
        browser.awaitText(".rows", "·[31mred·]0;taken·");
        browser.press("#list", Keys.HOME);
        browser.click("#asText");
        browser.awaitText("[aria-label=Request]", markup);
        selectLast();
        browser.awaitText("[aria-label=Request]", "\\x1b[31mred\\x1b]0;taken\\x07");
        assertThat(browser.all(".rows img, .rows script, #detail img, #detail script"))
                .isEmpty();
        assertThat(browser.evaluate("return document.title")).isEqualTo("echo.dom – domin inspector");
    }

    @Test
    void shouldBeUsableByKeyboard() {
        open("echo.dom");
        send("first");
        send("second");
        send("third");
        browser.awaitText("#listStatus", "of 3 packets");

        browser.press("#list", Keys.END);
        browser.awaitText("#detail h2", "#3");
        browser.press("#list", Keys.ARROW_UP);
        browser.awaitText("#detail h2", "#2");
        browser.press("#list", Keys.HOME);
        browser.awaitText("#detail h2", "#1");
        assertThat(browser.find("#list").getDomAttribute("aria-activedescendant"))
                .isEqualTo(browser.find(".rows .row.selected").getDomAttribute("id"));
        browser.press("#list", Keys.ENTER);
        assertThat(browser.focused()).isEqualTo("detail");
        browser.press("#detail", Keys.ESCAPE);
        assertThat(browser.focused()).isEqualTo("list");

        browser.press("#list", Keys.SPACE);
        send("fourth");
        browser.awaitText("#listStatus", "paused, 2 packets arrived since");
        browser.press("#list", "f");
        browser.awaitText("#listStatus", "of 4 packets");
        browser.press("#list", "/");
        assertThat(browser.focused()).isEqualTo("filter");

        browser.press("#tab-packets", Keys.ARROW_RIGHT);
        assertThat(browser.focused()).isEqualTo("tab-plots");
        browser.until(() -> browser.find("#view-plots").isDisplayed());
    }

    @Test
    void shouldPlotWhatTheServerCounts() {
        open("echo.dom");
        browser.click("#tab-plots");
        for (int i = 0; i < 20; i++) {
            send("packet " + i);
        }

        browser.until(() -> 20 == (Long) browser.evaluate("""
                return fetch("metrics").then(answer => answer.json())
                    .then(all => Math.round(all.in.reduce((sum, rate) => sum + rate * all.step / 1000, 0)))"""));
        browser.until(() -> browser.all("#plot-packets canvas").size() == 1);
        browser.until(() -> String.valueOf(browser.find("#plot-packets").getDomAttribute("aria-label"))
                .contains("answered"));
        browser.click("#tab-servers");
        browser.awaitText(".counters [data-name=received]", "20");
        browser.awaitText(".counters [data-name=handled]", "20");
        browser.awaitText("#view-servers tbody", "OnPacket");
    }

    @Test
    void shouldCountAnsweredPacketsOfEachCallback() {
        open("echo.dom");
        send("one");
        browser.click("#tab-servers");

        browser.awaitText("[aria-label=Callbacks] th:nth-child(3)", "Answered");
        browser.awaitText("[aria-label=Callbacks] tbody td:nth-child(3)", "1");
    }

    @Test
    void shouldShowTheSourceAndTheOutput() {
        open("echo.dom");
        browser.click("#tab-script");

        browser.awaitText("#source", "callback i32 OnPacket");
        browser.awaitText("#output", "listening on 127.0.0.1:" + port);
    }

    @Test
    void shouldFitIntoANarrowWindow() {
        open("echo.dom");
        send("hello");
        browser.resize(375, 720);
        selectLast();

        for (var view : new String[] {"packets", "plots", "servers", "script", "act"}) {
            browser.click("#tab-" + view);
            assertThat(browser.evaluate("return document.documentElement.scrollWidth"))
                    .as("width of %s", view)
                    .isEqualTo(375L);
        }
    }

    @Test
    void shouldSayThatTheRunHasEnded() {
        open("echo.dom");
        send("hello");
        selectLast();
        browser.awaitText("#connection", "live");

        domin.terminate();

        browser.awaitText("#banner", "The run has ended");
        assertThat(browser.text("#detail")).contains("68 65 6c 6c 6f");
    }

    @Test
    void shouldShowTheErrorsOfARefusedReload(@TempDir Path folder) throws IOException {
        var script = folder.resolve("echo.dom");
        var good = Files.readString(Project.file("examples").resolve("echo.dom"), StandardCharsets.UTF_8);
        Files.writeString(script, good);
        start("--watch", "--inspect", script.toString());
        browser.open(page, WIDTH, HEIGHT);
        browser.awaitText("#connection", "live");

        Files.writeString(script, good.replace("return(1)", "retrun(1)"));
        browser.awaitText("#overlay", "retrun");
        browser.press("#overlay", Keys.ESCAPE);
        browser.until(() -> !browser.find("#overlay").isDisplayed());
        browser.click("#tab-script");
        browser.awaitText("#source .line.wrong", "retrun");

        Files.writeString(script, good);
        browser.awaitText("#toasts", "Reloaded");
        browser.until(() -> browser.all("#source .line.wrong").isEmpty());
        send("still there");
    }
}

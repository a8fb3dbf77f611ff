package dev.domin.conformance;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A browser without a window, on a page. A test that needs one is skipped if Chromium is missing. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Selenium warns that it does not know the browser's version, which only its generated API would need. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser start() {
        var driver = Tool.require("chromedriver", "chromium-driver").path();
        var browser = Tool.require("chromium", "chromium").path();
        // Selenium traces its calls with OpenTelemetry otherwise, which takes a second to start.
        System.setProperty("webdriver.remote.enableTracing", "false");
        SELENIUM.setLevel(Level.SEVERE);
        var options = new ChromeOptions();
        options.setBinary(browser);
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which does not work for root, as in containers
                "--disable-dev-shm-usage", // small in containers
                "--disable-background-networking");
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(driver))
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a page in a window of a size. */
    void open(URI page, int width, int height) {
        resize(width, height);
        driver.get("about:blank"); // an address that differs behind the # only would load nothing
        driver.get(page.toString());
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void preferDark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void reload() {
        driver.navigate().refresh();
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    void click(String css) {
        until(() -> {
            find(css).click();
            return true;
        });
    }

    /** Types into an element, in place of what it contains. */
    void type(String css, CharSequence... keys) {
        find(css).clear();
        press(css, keys);
    }

    void press(String css, CharSequence... keys) {
        find(css).sendKeys(keys);
    }

    /** {@return the text of an element as a user sees it} */
    String text(String css) {
        return String.valueOf(find(css).getText());
    }

    /** Waits until an element's text contains something. */
    void awaitText(String css, String expected) {
        try {
            until(() -> text(css).contains(expected));
        } catch (RuntimeException e) {
            throw new AssertionError(css + " has no text `" + expected + "`, but: " + text(css), e);
        }
    }

    /** Waits for a condition; elements may come, go and be replaced meanwhile. */
    void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(condition);
    }

    /** Evaluates a script in the page: the body of a function, whose promise is waited for. */
    Object evaluate(String script) {
        return ((JavascriptExecutor) driver).executeScript(script);
    }

    /** {@return the id of the element that has the focus} */
    String focused() {
        return String.valueOf(driver.switchTo().activeElement().getDomAttribute("id"));
    }

    /** Leaves the page, so that it does not miss its server. */
    void leave() {
        driver.get("about:blank");
    }

    /** {@return the errors in the console since the last call} */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    void screenshot(Path file) {
        try {
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}

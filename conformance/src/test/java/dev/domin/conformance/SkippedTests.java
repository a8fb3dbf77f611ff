package dev.domin.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Prints the skipped tests of the build and the reasons at the end; Maven only counts them. This module is the last
 * one, so it also reads the reports of the modules before it.
 */
public final class SkippedTests implements TestExecutionListener {

    private final PrintStream out;
    private final Path modules;
    private final Instant start;

    /** Tests by reason. */
    private final Map<String, Set<String>> skipped = new TreeMap<>();

    /** Creates the listener; called by JUnit. */
    public SkippedTests() {
        this(
                System.out,
                Project.file(""),
                Instant.parse(System.getProperty("domin.build.start", Instant.MAX.toString())));
    }

    /**
     * Creates a listener.
     *
     * @param out the output for the reasons
     * @param modules the folder of the modules whose reports are read
     * @param start the time of the build; older reports are ignored
     */
    SkippedTests(PrintStream out, Path modules, Instant start) {
        this.out = out;
        this.modules = modules;
        this.start = start;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        add(reason, name(test));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(result.getThrowable().map(Throwable::getMessage).orElse(""), name(test));
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        readReports();
        if (skipped.isEmpty()) {
            return;
        }
        out.println();
        out.println("Skipped tests:");
        skipped.forEach((reason, names) -> {
            out.println("  " + reason);
            names.forEach(name -> out.println("    " + name));
        });
    }

    private void add(String reason, String name) {
        var text = reason == null || reason.isBlank()
                ? "no reason is given"
                : reason.lines().findFirst().orElseThrow();
        for (var prefix : new String[] {"org.opentest4j.TestAbortedException: ", "Assumption failed: ", "skipped: "}) {
            text = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        }
        skipped.computeIfAbsent(text, _ -> new TreeSet<>()).add(name);
    }

    private static String name(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case MethodSource method -> simple(method.getClassName()) + "." + method.getMethodName();
            case ClassSource type -> simple(type.getClassName());
            case null, default -> test.getDisplayName();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private void readReports() {
        try (Stream<Path> files = Files.find(
                modules,
                4,
                (file, attributes) -> file.getParent().endsWith("target/surefire-reports")
                        && file.getFileName().toString().endsWith(".xml")
                        && !file.startsWith(Project.file("conformance")) // JUnit itself reports these
                        && !attributes.lastModifiedTime().toInstant().isBefore(start))) {
            for (var file : files.toList()) {
                readReport(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readReport(Path file) throws IOException {
        try {
            var report = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile());
            var found = report.getElementsByTagName("skipped");
            for (int i = 0; i < found.getLength(); i++) {
                var reason = (Element) found.item(i);
                var test = (Element) reason.getParentNode();
                var name = test.getAttribute("name").replaceFirst("[({].*", "");
                add(
                        reason.hasAttribute("message") ? reason.getAttribute("message") : reason.getTextContent(),
                        simple(test.getAttribute("classname")) + (name.isEmpty() ? "" : "." + name));
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not a report of tests", e);
        }
    }
}

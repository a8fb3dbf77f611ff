package dev.domin.junit;

import static dev.domin.testkit.Match.text;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.domin.testkit.UdpClient;
import dev.domin.testkit.UdpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs small test classes by JUnit's own test kit. */
abstract class SmallTestClasses {

    static final Duration LONG = ofSeconds(20);

    /** All servers that the classes below have used. */
    static final Set<UdpServer> SEEN = ConcurrentHashMap.newKeySet();

    final ConcurrentLinkedQueue<Path> published = new ConcurrentLinkedQueue<>();

    @TempDir
    Path reports;

    /** Creates a folder for each test that writes files. */
    private final class Reports implements OutputDirectoryCreator {

        @Override
        public Path getRootDirectory() {
            return reports;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createTempDirectory(reports, "test");
        }
    }

    EngineExecutionResults run(Class<?>... classes) {
        SEEN.clear();
        var kit = EngineTestKit.engine("junit-jupiter")
                .outputDirectoryCreator(new Reports())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "8");
        for (Class<?> each : classes) {
            kit = kit.selectors(selectClass(each));
        }
        EngineExecutionResults results = kit.execute();
        results.allEvents().fileEntryPublished().stream()
                .forEach(each ->
                        published.add(each.getRequiredPayload(org.junit.platform.engine.reporting.FileEntry.class)
                                .getPath()));
        return results;
    }

    static String ask(UdpServer server, String text) {
        SEEN.add(server);
        try (UdpClient client = UdpClient.to(server.address())) {
            return client.ask(text, LONG).text();
        }
    }

    void shouldPass(int tests, Class<?>... classes) {
        run(classes)
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(tests).failed(0));
        assertThat(SEEN).isNotEmpty().noneMatch(UdpServer::isRunning);
        assertThat(published).isEmpty();
    }

    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(each -> each.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
    }
}

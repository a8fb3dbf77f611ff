package dev.domin.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path modules;

    static class Mixed {

        @Test
        void shouldRun() {}

        @Test
        void shouldBeSkippedByAnAssumption() {
            assumeTrue(Mixed.class.isEnum(), "skipped: there is no `dig` here");
        }

        @Test
        void shouldBeSkippedByAnotherAssumption() {
            assumeTrue(Mixed.class.isEnum(), "skipped: there is no `dig` here");
        }

        @Test
        @Disabled("it has been raining")
        void shouldBeDisabled() {}
    }

    @Disabled("no client is installed")
    static class Whole {

        @Test
        void shouldRun() {}
    }

    static class AllRun {

        @Test
        void shouldRun() {}
    }

    @Test
    void shouldPrintEachReasonAndItsTests() {
        assertThat(run(Mixed.class, Whole.class, AllRun.class)).isEqualTo("""

                Skipped tests:
                  it has been raining
                    SkippedTestsTest$Mixed.shouldBeDisabled
                  no client is installed
                    SkippedTestsTest$Whole
                  there is no `dig` here
                    SkippedTestsTest$Mixed.shouldBeSkippedByAnAssumption
                    SkippedTestsTest$Mixed.shouldBeSkippedByAnotherAssumption
                """);
    }

    @Test
    void shouldPrintNothingWhenAllTestsHaveRun() throws IOException {
        report("udp", "<testcase name='shouldRun' classname='dev.domin.udp.SomeTest'/>");

        assertThat(run(AllRun.class)).isEmpty();
    }

    @Test
    void shouldPrintTheSkippedTestsOfEarlierModules() throws IOException {
        report("udp", """
                <testcase name="shouldBatch(int)[1]" classname="dev.domin.udp.BatchTest">
                  <skipped message="an old Linux"/>
                </testcase>
                <testcase name="shouldTalk" classname="dev.domin.udp.TalkTest">
                  <skipped type="T"><![CDATA[org.opentest4j.TestAbortedException: skipped: no `nc`
                	at org.junit.jupiter.api.Assumptions.abort(Assumptions.java:316)
                ]]></skipped>
                </testcase>
                <testcase name="" classname="dev.domin.udp.WholeTest"><skipped/></testcase>
                """);
        var old = report("spi", "<testcase name='x' classname='y.Z'><skipped message='long ago'/></testcase>");
        Files.setLastModifiedTime(old, FileTime.from(START.minusSeconds(1)));

        assertThat(run(AllRun.class)).isEqualTo("""

                Skipped tests:
                  an old Linux
                    BatchTest.shouldBatch
                  no `nc`
                    TalkTest.shouldTalk
                  no reason is given
                    WholeTest
                """);
    }

    private Path report(String module, String tests) throws IOException {
        var folder = Files.createDirectories(modules.resolve(module).resolve("target/surefire-reports"));
        return Files.writeString(folder.resolve("TEST-some.xml"), "<testsuite>" + tests + "</testsuite>");
    }

    private String run(Class<?>... classes) {
        var printed = new ByteArrayOutputStream();
        var request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(LauncherConstants.OUTPUT_DIR_PROPERTY_NAME, modules.toString());
        for (var type : classes) {
            request.selectors(selectClass(type));
        }
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(request.build(), new SkippedTests(new PrintStream(printed, true, UTF_8), modules, START));
        return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}

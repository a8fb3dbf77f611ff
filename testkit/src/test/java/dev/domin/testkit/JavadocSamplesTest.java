package dev.domin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples in the Javadoc of this module compile. Three dots in a sample stand for something. */
class JavadocSamplesTest {

    private static final Pattern SAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\n *\\* }</pre>", Pattern.DOTALL);

    private static final String IMPORTS = """
            import static dev.domin.testkit.ByteRange.bytes;
            import static dev.domin.testkit.Match.*;
            import static java.time.Duration.ofSeconds;
            import static ASSERTIONS.assertThat;
            import dev.domin.testkit.*;
            import dev.domin.testkit.capture.*;
            import dev.domin.udp.DatagramHandler;
            import dev.domin.udp.UdpEndpoint;
            import dev.domin.udp.UdpOptions;
            import java.net.*;
            import java.nio.file.*;
            import java.time.*;
            """;

    /** What the samples take for granted. */
    private static final String NAMES = """
                SIDES
                Recording recording;
                DatagramHandler handler;
                byte[] request, answer;
            """;

    @TempDir
    Path folder;

    @Test
    void shouldCompile() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-d",
                folder.resolve("classes").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        int options = arguments.size();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                writeSamples(file, arguments);
            }
        }
        assertThat(arguments).hasSizeGreaterThan(options + 10);
        var output = new StringWriter();
        var printer = new PrintWriter(output);
        int status =
                ToolProvider.findFirst("javac").orElseThrow().run(printer, printer, arguments.toArray(new String[0]));
        assertThat(status).as(output.toString()).isZero();
    }

    private void writeSamples(Path file, List<String> arguments) throws Exception {
        var found = SAMPLE.matcher(Files.readString(file));
        while (found.find()) {
            String sample = found.group(1)
                    .replaceAll("(?m)^ *\\* ?", "")
                    .replace("(...)", "(\"\")")
                    .replace("{ ... }", "{ }")
                    .replaceAll("(?m)^ *\\.\\.\\. .*$", "")
                    .stripTrailing();
            boolean expression = !sample.endsWith(";") && !sample.endsWith("}");
            String name = file.getFileName().toString().replace(".java", "") + "Sample" + found.start();
            String imports = IMPORTS.replace(
                    "ASSERTIONS",
                    file.toString().contains("assertj")
                            ? "dev.domin.testkit.assertj.UdpAssertions"
                            : "org.assertj.core.api.Assertions");
            String names = file.toString().contains("capture")
                    ? "InetSocketAddress server, client;"
                    : "UdpServer server, dns;";
            String body = sample.startsWith("static")
                    ? sample
                    : "void run() throws Exception {\n" + sample + (expression ? ".hashCode();" : "") + "\n}";
            Path source = folder.resolve(name + ".java");
            Files.writeString(
                    source, imports + "class " + name + " {\n" + NAMES.replace("SIDES", names) + body + "\n}\n");
            arguments.add(source.toString());
        }
    }
}

package dev.domin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module compiles with what the POMs of domin bring, without annotations for domin's own build. */
class ModulePathTest {

    private static final List<String> MODULES =
            List.of("embed", "runtime", "lang", "spi", "plugins", "udp", "udp-linux", "testkit", "inspector");

    @TempDir
    Path work;

    @Test
    void shouldCompileAModuleThatRunsScripts() throws IOException {
        compile("dev.domin", """
                try (var run = dev.domin.runtime.Script.compile("a.dom", "1;").start()) {
                    run.throwIfFailed();
                }
                """);
    }

    @Test
    void shouldCompileAModuleThatUsesTheEngine() throws IOException {
        compile("dev.domin.udp", """
                try (var echo = dev.domin.udp.UdpEndpoint.open(packet -> packet.reply(packet.payload()))) {
                    echo.port();
                }
                """);
    }

    @Test
    void shouldCompileAModuleThatInspectsAServer() throws IOException {
        compile("dev.domin.inspector", """
                try (var server = dev.domin.testkit.UdpServer.echo().start();
                        var inspector = dev.domin.inspector.Inspector.of(server).start()) {
                    inspector.uri();
                }
                """);
    }

    private void compile(String module, String body) throws IOException {
        var info = Files.writeString(work.resolve("module-info.java"), "module app { requires " + module + "; }");
        var folder = Files.createDirectory(work.resolve("app"));
        var source = Files.writeString(
                folder.resolve("App.java"),
                "package app; class App { public static void main(String[] args) throws Exception {" + body + "} }");
        var output = new StringWriter();
        var arguments = List.of("-Xlint:all", "-Werror", "--module-path", modulePath(), "-d", work.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = compiler.getTask(output, files, null, arguments, null, files.getJavaFileObjects(info, source));
            assertThat(task.call()).as(output.toString()).isTrue();
        }
    }

    private static String modulePath() {
        var gson = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> each.contains("gson"));
        var own = MODULES.stream()
                .map(each -> Project.file(each).resolve("target/classes").toString());
        return Stream.concat(own, gson).collect(Collectors.joining(File.pathSeparator));
    }
}

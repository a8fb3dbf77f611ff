package dev.domin.plugins.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPluginTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @TempDir
    private Path folder;

    private final FakeScriptContext context = new FakeScriptContext();
    private final LogPlugin log = new LogPlugin();

    @BeforeEach
    void start() {
        log.start(context);
    }

    @AfterEach
    void end() throws InterruptedException {
        context.end();
    }

    @Test
    void shouldLogToTheStandardErrorFromInfoOn() {
        assertThat(log.trace("a")).isZero();
        assertThat(log.debug("b")).isZero();
        assertThat(log.info("%d %s", 3, "c")).isEqualTo(1);
        assertThat(log.warn("d")).isEqualTo(1);
        assertThat(log.error("e")).isEqualTo(1);
        assertThat(context.messages()).matches(TIME + " INFO 3 c\n" + TIME + " WARN d\n" + TIME + " ERROR e\n");
    }

    @Test
    void shouldFilterByLevel() {
        log.setLevel("error");
        assertThat(log.warn("%d")).isZero(); // not even looked at
        assertThat(log.getLevel()).isEqualTo("error");
        log.setLevel("trace");
        assertThat(log.trace("x")).isEqualTo(1);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setLevel("INFO"))
                .withMessage("there is no level \"INFO\"")
                .extracting(ScriptError::help)
                .isEqualTo("the levels are \"trace\", \"debug\", \"info\", \"warn\" and \"error\"");
    }

    @Test
    void shouldBeAsStrictAsPrintf() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.info("%d", "x"))
                .withMessage("argument 2 (`%d`) takes int (i32 or i64), got string");
        assertThat(context.messages()).isEmpty();
    }

    @Test
    void shouldWriteEachMessageInOneLineThatNoTerminalObeys() {
        log.info("%s", "\u001b[31mred\nINFO forged\r\u0001\u00ff");
        log.info("with a line end\n");
        assertThat(context.messages())
                .matches(TIME + " INFO \\\\x1b\\[31mred\\\\nINFO forged\\\\r\\\\x01\\\\xff\n" + TIME
                        + " INFO with a line end\n");
    }

    @Test
    void shouldKeepTextInUtf8() {
        log.info(ByteStrings.fromText("größe €"));
        assertThat(context.messages()).endsWith(" INFO größe €\n");
    }

    @Test
    void shouldWriteJson() {
        log.setFormat("json");
        log.warn("%s", ByteStrings.fromText("a \"b\" \\ \n\t\u001b ä \u202e"));
        assertThat(context.messages())
                .matches("\\{\"ts\":\"" + TIME
                        + "\",\"level\":\"warn\","
                        + "\"msg\":\"a \\\\\"b\\\\\" \\\\\\\\ \\\\n\\\\t\\\\u001b ä \\\\u202e\"}\n");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setFormat("xml"))
                .withMessage("there is no format \"xml\"");
    }

    @Test
    void shouldLoseNoByteInJson() {
        log.setFormat("json");
        log.info("%s", "a\u00ff\u00c3|\u00ed\u00a0\u0080|" + ByteStrings.fromText("\uFFFD\uD83D\uDE00"));
        assertThat(context.messages())
                .endsWith("\"msg\":\"a\\\\xff\\\\xc3|\\\\xed\\\\xa0\\\\x80|\uFFFD\uD83D\uDE00\"}\n");
    }

    @Test
    void shouldNotReplaceAFolderByAnOlderFile() throws IOException {
        Files.createDirectory(folder.resolve("app.log.2"));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSinkRotate(name("app.log"), 1, 2))
                .withMessageMatching("cannot rotate \".*app.log\": app.log.2 is a folder");
        log.setSinkRotate(name("app.log"), 1, 1);
        log.info("first");
        Files.createDirectory(folder.resolve("app.log.1"));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.info("second"))
                .withMessageMatching("cannot write \".*app.log\": app.log.1 is a folder");
        assertThat(folder.resolve("app.log.1")).isDirectory();
        assertThat(folder.resolve("app.log.2")).isDirectory();
        assertThat(lines("app.log")).hasSize(1);
    }

    @Test
    void shouldWriteTheTimeByRfc3339() {
        assertThat(new Message(0, Level.INFO, "").time()).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(new Message(951_827_696_007L, Level.INFO, "").time()).isEqualTo("2000-02-29T12:34:56.007Z");
    }

    @Test
    void shouldAppendToAFileAndToAllSinks() throws IOException {
        Files.writeString(folder.resolve("app.log"), "old\n");
        log.setSink("stderr", "");
        log.setSink("file", name("app.log"));
        log.setSink("file", name("./app.log")); // the same
        log.setSink("file", name("other.log"));
        log.info("x");
        assertThat(lines("app.log")).hasSize(2).first().isEqualTo("old");
        assertThat(lines("other.log")).hasSize(1);
        assertThat(context.messages()).endsWith(" INFO x\n");
    }

    @Test
    void shouldTakeEightSinksAtMost() {
        for (int i = 0; i < 8; i++) {
            log.setSink("file", name("log" + i));
        }
        log.setSink("file", name("log7"));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSink("stderr", ""))
                .withMessage("there are 8 sinks already, and no more are possible");
        assertThat(log.close()).isEqualTo(1);
        log.setSink("stderr", "");
    }

    @Test
    void shouldRefuseWhatIsNoSink() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSink("printer", "x"))
                .withMessage("there is no kind of sink \"printer\"");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSink("file", ""))
                .withMessage("the path is empty");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSink("file", name("none/app.log")))
                .withMessageMatching("cannot open \".*none/app.log\": there is no such file or folder");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSink("file", name("")))
                .withMessageMatching("cannot open \".*\": it is a folder");
        for (var target :
                List.of("192.0.2.1:514", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "x")) {
            assertThatExceptionOfType(ScriptError.class)
                    .isThrownBy(() -> log.setSink("syslog", target))
                    .withMessage("the target \"" + target + "\" is no syslog server on this machine");
        }
    }

    @Test
    void shouldRotateByLength() throws IOException {
        log.setSinkRotate(name("app.log"), 100, 2);
        for (int i = 0; i < 8; i++) {
            log.info("message %d", i); // 39 bytes: two in each file
        }
        assertThat(lines("app.log")).hasSize(2).last().asString().endsWith("message 7");
        assertThat(lines("app.log.1")).hasSize(2).first().asString().endsWith("message 4");
        assertThat(lines("app.log.2")).hasSize(2).first().asString().endsWith("message 2");
        assertThat(folder.resolve("app.log.3")).doesNotExist();
        log.info("%s", "x".repeat(200));
        assertThat(lines("app.log")).hasSize(1);
    }

    @Test
    void shouldRotateByTime() throws IOException {
        Files.writeString(folder.resolve("app.log"), "of another day\n");
        assertThat(folder.resolve("app.log").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
        log.setSinkRotateTime(name("app.log"), 86_400, 1);
        log.info("today");
        assertThat(lines("app.log")).hasSize(1);
        assertThat(lines("app.log.1")).containsExactly("of another day");
    }

    @Test
    void shouldKeepNoOlderFileWhereNoneIsWanted() throws IOException {
        log.setSinkRotate(name("app.log"), 1, 0);
        log.info("first");
        log.info("second");
        assertThat(lines("app.log")).hasSize(1).first().asString().endsWith("second");
        assertThat(folder.resolve("app.log.1")).doesNotExist();
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSinkRotate(name("app.log"), 0, 0))
                .withMessage("maxBytes is 0, but it is 1 or more");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSinkRotateTime(name("app.log"), 0, 0))
                .withMessage("intervalSeconds is 0, but it is 1 to 1000000000");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> log.setSinkRotate(name("app.log"), 1, 1001))
                .withMessage("keep is 1001, but it is 0 to 1000");
    }

    @Test
    void shouldSendToSyslog() throws IOException {
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(30_000);
            log.setSink("syslog", "127.0.0.1:" + server.getLocalPort());
            log.error("port %d\nis taken", 53);
            assertThat(receive(server)).matches("<11>1 " + TIME + " localhost domin \\d+ - - port 53\\\\nis taken");
            log.setFormat("json");
            log.info("x");
            assertThat(receive(server))
                    .matches("<14>1 " + TIME + " localhost domin \\d+ - - \\{\"ts\":.*\"msg\":\"x\"}");
            log.info("%s", "x".repeat(100_000));
            assertThat(receive(server)).hasSize(65_507);
        }
    }

    @Test
    void shouldWriteWhatACallbackLogsAfterTheEndOfMain() throws IOException, InterruptedException {
        log.setSink("file", name("app.log"));
        log.info("before");
        context.end();
        log.info("after");
        assertThat(lines("app.log")).hasSize(2);
        assertThat(context.resources()).hasSize(1);
    }

    @Test
    void shouldGoBackToTheStandardErrorWhenClosed() {
        assertThat(log.close()).isZero();
        log.setSink("file", name("app.log"));
        log.info("x");
        assertThat(context.messages()).isEmpty();
        assertThat(log.close()).isEqualTo(1);
        log.info("y");
        assertThat(context.messages()).endsWith(" INFO y\n");
    }

    private static String receive(DatagramSocket server) throws IOException {
        var packet = new DatagramPacket(new byte[70_000], 70_000);
        server.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    private String name(String file) {
        return ByteStrings.fromText(folder.resolve(file).toString());
    }
}

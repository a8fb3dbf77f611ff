package dev.domin.plugins.fileio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.domin.plugins.FakeScriptContext;
import dev.domin.spi.Blob;
import dev.domin.spi.ByteStrings;
import dev.domin.spi.ScriptError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileIoPluginTest {

    @TempDir
    private Path folder;

    private final FileIoPlugin fileio = new FileIoPlugin();

    @BeforeEach
    void start() {
        fileio.start(new FakeScriptContext());
    }

    @Test
    void shouldWriteAndReadText() {
        String file = name("zone.txt");
        assertThat(fileio.exists(file)).isZero();
        assertThat(fileio.writeFileText(file, "first, and longer\n")).isEqualTo(18);
        assertThat(fileio.writeFileText(file, "second\n")).isEqualTo(7);
        assertThat(fileio.exists(file)).isEqualTo(1);
        assertThat(fileio.readFileText(file)).isEqualTo("second\n");
        assertThat(fileio.delete(file)).isEqualTo(1);
        assertThat(fileio.delete(file)).isZero();
        assertThat(fileio.exists(file)).isZero();
    }

    @Test
    void shouldKeepEveryByteOfABlob() {
        String file = name("data.bin");
        var data = Blob.of(new byte[200_001]);
        data.set(200_000, 7);
        assertThat(fileio.writeFileBlob(file, data)).isEqualTo(200_001);
        assertThat(fileio.readFileBlob(file).contentEquals(data)).isTrue();
        assertThat(fileio.writeFileBlob(file, new Blob())).isZero();
        assertThat(fileio.readFileBlob(file).length()).isZero();
    }

    @Test
    void shouldRefuseTextThatAStringCannotHold() {
        String file = name("data.bin");
        fileio.writeFileBlob(file, new Blob(3));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.readFileText(file))
                .withMessageMatching("\".*data.bin\" holds a 0 byte, at 0, where a string would end")
                .extracting(ScriptError::help)
                .isEqualTo("read it with fileio.ReadFileBlob");
    }

    @Test
    void shouldTakeNamesInUtf8() throws IOException {
        assumeTrue("UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding")));
        fileio.writeFileText(name("größe.txt"), "x");
        assertThat(Files.readString(folder.resolve("größe.txt"))).isEqualTo("x");
    }

    @Test
    void shouldSayWhyAFileCannotBeReadOrWritten() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.readFileText(name("none")))
                .withMessageMatching("cannot read \".*none\": there is no such file or folder");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.readFileBlob("no-such-file"))
                .withMessage("cannot read \"no-such-file\": there is no such file or folder")
                .extracting(ScriptError::help)
                .asString()
                .startsWith("a relative path begins at the folder that domin was started in, ");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.writeFileText(ByteStrings.fromText(folder.toString()), "x"))
                .withMessageMatching("cannot write \".*\": it is a folder");
        fileio.writeFileText(name("file"), "x");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.writeFileText(name("file/below"), "x"))
                .withMessageMatching("cannot write \".*below\": .*");
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.writeFileText(name("none/below"), "x"))
                .withMessageMatching("cannot write \".*below\": there is no such file or folder");
    }

    @Test
    void shouldRefuseAnEmptyPath() {
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.exists(""))
                .withMessage("the path is empty");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.delete(""));
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.readFileText(""));
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.writeFileText("", "x"));
    }

    @Test
    void shouldNotDeleteAFolder() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        assertThat(fileio.exists(name("sub"))).isEqualTo(1);
        assertThat(fileio.delete(name("sub"))).isZero();
        assertThat(folder.resolve("sub")).exists();
    }

    @Test
    void shouldReadWhatTheSystemMakesUp() {
        assumeTrue(Files.exists(Path.of("/proc/self/status"))); // whose size is said to be 0
        assertThat(fileio.readFileText("/proc/self/status")).contains("Pid:");
    }

    @Test
    void shouldRefuseAPipeRatherThanWaitForItsOtherEnd() throws IOException, InterruptedException {
        var made = new ProcessBuilder(
                        "sh", "-c", "mkfifo \"$0\"", folder.resolve("pipe").toString())
                .start();
        assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0);
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.readFileText(name("pipe")))
                .withMessageMatching("cannot read \".*pipe\": it is a pipe, and not a file");
    }

    @Test
    void shouldRefuseToReadADevice() {
        assumeTrue(Files.exists(Path.of("/dev/zero")));
        assertThatExceptionOfType(ScriptError.class)
                .isThrownBy(() -> fileio.readFileBlob("/dev/zero"))
                .withMessage("cannot read \"/dev/zero\": it is a device, and not a file");
        assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.readFileText("/dev/zero"));
        assertThat(fileio.writeFileText("/dev/null", "x")).isEqualTo(1);
    }

    @Test
    void shouldRefuseNamesThatAreNotUtf8() throws IOException {
        assumeTrue("UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding")));
        Files.writeString(folder.resolve("a\uFFFD"), "another file");
        for (String bad : new String[] {name("a") + "\u00ff", name("a\uFFFD")}) {
            assertThatExceptionOfType(ScriptError.class)
                    .isThrownBy(() -> fileio.readFileText(bad))
                    .withMessageMatching("the path \".*\" is not UTF-8, or has the character U\\+FFFD, .*");
            assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.writeFileText(bad, "x"));
            assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.exists(bad));
            assertThatExceptionOfType(ScriptError.class).isThrownBy(() -> fileio.delete(bad));
        }
    }

    @Test
    void shouldStopReadingWhenTheScriptIsCancelled() {
        String file = name("data.bin");
        fileio.writeFileBlob(file, new Blob(1_000_000));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(FakeScriptContext.Unwound.class).isThrownBy(() -> fileio.readFileBlob(file));
        assertThat(Thread.interrupted()).isFalse();
    }

    private String name(String file) {
        return ByteStrings.fromText(folder.resolve(file).toString());
    }
}

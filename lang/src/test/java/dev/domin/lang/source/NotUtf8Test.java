package dev.domin.lang.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotUtf8Test {

    private static final String SCRIPT = "printf(\"one\\n\");\nprintf(\"grün\\n\");\n";

    @TempDir
    Path folder;

    @Test
    void shouldPointAtTheFirstByteThatIsWrong() throws IOException {
        assertThat(refusal(SCRIPT.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("""
                        a.dom:2:11: error: the byte 0xFC (byte 28 of the file) is not UTF-8, which the text of a script must be
                          2 | printf("gr\ufffdn\\n");
                            |           ^
                          help: save the file as UTF-8; if it is Latin-1, `iconv -f LATIN1 -t UTF-8 OLD > NEW` converts it""");
    }

    @Test
    void shouldCountCharactersBeforeIt() throws IOException {
        byte[] bytes = "\ufeff// ü日\n\"ü\" x".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xC3; // the start of a character that does not go on
        assertThat(refusal(bytes)).startsWith("a.dom:2:5: error: the byte 0xC3 (byte 18 of the file)");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, true, FF FE",
        "UTF-16BE, true, FE FF",
        "UTF-16LE, false, 70 00",
        "UTF-16BE, false, 00 70",
        "UTF-32LE, true, FF FE 00 00",
        "UTF-32BE, true, 00 00 FE FF",
        "UTF-32LE, false, 70 00",
        "UTF-32BE, false, 00 00"
    })
    void shouldRecogniseWideEncodings(String encoding, boolean marked, String first) throws IOException {
        assertThat(refusal(((marked ? "\ufeff" : "") + SCRIPT).getBytes(Charset.forName(encoding))))
                .isEqualTo("""
                        a.dom:1:1: error: this file is ENCODING (its first bytes are FIRST), a script must be UTF-8
                          1 | printf("one\\n");
                            | ^
                          help: save it as UTF-8; `iconv -f ENCODING -t UTF-8 OLD > NEW` converts it""".replace("ENCODING", encoding).replace("FIRST", first));
    }

    @Test
    void shouldReadWhatIsUtf8() throws IOException {
        for (var text : new String[] {"", "x", "\ufeff", "\ufeffx", "grün", "xx\0y"}) {
            var file = Files.writeString(folder.resolve("a.dom"), text);
            assertThat(SourceFile.read(file.toString()).text()).isEqualTo(text.replace("\ufeff", ""));
        }
    }

    private String refusal(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("a.dom"), bytes);
        var refused = catchThrowableOfType(RefusedException.class, () -> SourceFile.read(file, "a.dom"));
        return ErrorRenderer.render(refused.diagnostics().getFirst(), false);
    }
}

package dev.domin.plugins.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.domin.plugins.FakeScriptContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPluginTest {

    @ParameterizedTest
    @CsvSource({
        "a, b, a/b",
        "a/, b, a/b",
        "a//, b, a//b",
        "a, /b, /b",
        "/, b, /b",
        "'', b, b",
        "a, '', a",
        "'', '', ''",
        "a, ../b, a/../b"
    })
    void shouldJoin(String first, String second, String joined) {
        assertThat(PathPlugin.join(first, second)).isEqualTo(joined);
    }

    @ParameterizedTest
    @CsvSource({
        "/var/log/a.txt, /var/log, a.txt, 1",
        "a.txt, ., a.txt, 0",
        "/a.txt, /, a.txt, 1",
        "//a.txt, /, a.txt, 1",
        "a/b/, a, b, 0",
        "a//b, a, b, 0",
        "a/, ., a, 0",
        "/, /, /, 1",
        "///, /, /, 1",
        "'', ., '', 0",
        ".., ., .., 0"
    })
    void shouldTakeApart(String path, String folder, String last, int absolute) {
        assertThat(PathPlugin.dirName(path)).isEqualTo(folder);
        assertThat(PathPlugin.baseName(path)).isEqualTo(last);
        assertThat(PathPlugin.isAbsolute(path)).isEqualTo(absolute);
    }

    @ParameterizedTest
    @CsvSource({
        "'', .",
        "., .",
        "/, /",
        "//, /",
        "a//b/./c, a/b/c",
        "a/b/, a/b",
        "a/../b, b",
        "a/.., .",
        "../a, ../a",
        "../../a/.., ../..",
        "/.., /",
        "/../a, /a",
        "/a/b/../../.., /",
        "./a, a",
        "..., ...",
        "a/..b, a/..b"
    })
    void shouldNormalize(String path, String normal) {
        var plugin = new PathPlugin();
        plugin.start(new FakeScriptContext());
        assertThat(plugin.normalize(path)).isEqualTo(normal);
    }
}
